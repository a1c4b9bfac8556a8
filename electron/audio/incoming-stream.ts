import type { CallClock } from '../core/audio/call-clock.ts';
import { CallTimeline } from '../core/audio/call-timeline.ts';
import { Fader } from '../core/audio/fader.ts';
import { SAMPLE_RATE_HZ } from '../core/audio/frame.ts';
import { PlayoutBuffer } from '../core/audio/playout-buffer.ts';
import type { Side } from '../core/audio/sound-tape.ts';
import { StreamOffset } from '../core/audio/stream-offset.ts';
import type { CallSound } from '../core/sound-plan.ts';

/** Samples of a call in one millisecond. */
const SAMPLES_PER_MS = SAMPLE_RATE_HZ / 1000;

/** A timestamp less than this beside the sound before it is no jump: the sound goes on there. */
const JUMP_SAMPLES = 19.5 * SAMPLES_PER_MS;

/** One voice that comes in: to be played, and with its place in the time of its call. */
export class IncomingTrack {
  readonly playout = new PlayoutBuffer();
  readonly fader = new Fader();
  readonly from: CallSound['from'];
  readonly side: Side;
  readonly #timeline: CallTimeline;
  /** Where the next frame belongs when it follows the last, in samples of the call. */
  #nextAt = Number.NEGATIVE_INFINITY;

  constructor(from: CallSound['from'], side: Side, timeline: CallTimeline) {
    this.from = from;
    this.side = side;
    this.#timeline = timeline;
  }

  /** How often its timestamps could not be true. */
  get newStarts(): number {
    return this.#timeline.newStarts;
  }

  /**
   * Takes sound to be played. @param timestampMs since its stream began @param nowMs monotonic
   * @returns its place in samples of the call; null when it has none
   */
  take(timestampMs: number, mulaw: Uint8Array, nowMs: number): number | null {
    const atMs = this.#timeline.received(timestampMs, mulaw.length / SAMPLES_PER_MS, nowMs);
    if (atMs === null) return null;
    this.playout.push(atMs, nowMs, mulaw);
    const at = Math.round(atMs * SAMPLES_PER_MS);
    if (Math.abs(at - this.#nextAt) >= JUMP_SAMPLES) this.#nextAt = at;
    const place = this.#nextAt;
    this.#nextAt += mulaw.length;
    return place;
  }
}

/**
 * One way the sound of a call comes in, through all streams that take it one after the other. What still
 * comes of a stream that gave way to another is left out: its time is not that of the other.
 */
export class IncomingStream {
  /** What the other side says. Nobody can tell who of a conference speaks: in a seat all of them are the other side. */
  readonly them: IncomingTrack;
  /** What the other side hears, where that comes too: beside the call of others. */
  readonly us: IncomingTrack | null;
  readonly #offset = new StreamOffset();
  /** Stands for the stream that carries it now. */
  #current: object | null = null;

  constructor(from: CallSound['from'], clock: CallClock) {
    const timeline = (): CallTimeline => new CallTimeline(clock, this.#offset);
    this.them = new IncomingTrack(from, 'them', timeline());
    this.us = from === 'monitor' ? new IncomingTrack(from, 'us', timeline()) : null;
  }

  /** Its voices. */
  get tracks(): readonly IncomingTrack[] {
    return this.us === null ? [this.them] : [this.them, this.us];
  }

  /** Whether a stream carries it now. */
  get connected(): boolean {
    return this.#current !== null;
  }

  /** Comes by this stream from now on. */
  open(stream: object): void {
    this.#current = stream;
    this.#offset.restart();
    for (const { playout } of this.tracks) playout.restart();
  }

  /** Whether this is the stream that carries it. */
  isOpen(stream: object): boolean {
    return this.#current === stream;
  }

  /** No stream carries it any more. */
  close(): void {
    this.#current = null;
  }
}
