import { CallTimeline } from '../core/audio/call-timeline.ts';
import { Fader } from '../core/audio/fader.ts';
import { FRAME_SAMPLES, type Frame, SAMPLE_RATE_HZ } from '../core/audio/frame.ts';
import { levelOfMulaw, SPEECH_LEVEL } from '../core/audio/level.ts';
import { PlayoutBuffer } from '../core/audio/playout-buffer.ts';
import { type Side, SoundTape, type TapeBudget } from '../core/audio/sound-tape.ts';
import { WaveformRecord } from '../core/audio/waveform-record.ts';
import type { Clock } from '../core/clock.ts';
import type { CallQuality } from '../core/quality.ts';
import type { CallSound } from '../core/sound-plan.ts';
import { OutgoingLeg, type SentFrame, type SoundSink } from './outgoing-leg.ts';

/** Samples of a call in one millisecond. */
const SAMPLES_PER_MS = SAMPLE_RATE_HZ / 1000;

/** A timestamp less than this beside the sound before it is no jump: the sound goes on there. */
const JUMP_SAMPLES = 19.5 * SAMPLES_PER_MS;

/** What was sent stands where it was said; further than this from the clock it is placed anew. */
const LOOSE_SAMPLES = 120 * SAMPLES_PER_MS;

/** In a quiet moment what drifted is put right before it comes to that: 30 ms behind, or ahead by more than a lead of 60 ms can be. */
const BEHIND_SAMPLES = 30 * SAMPLES_PER_MS;
const AHEAD_SAMPLES = 90 * SAMPLES_PER_MS;

/** From this length on, sound that never came is told. */
const LOST_MS = 1000;

/** What a leg tells of itself. */
export type LegEvents = {
  readonly onSent: (sent: SentFrame) => void;
  /** Sound never came. @param atMs where, @param lengthMs how much, in ms of the call */
  readonly onLost: (atMs: number, lengthMs: number) => void;
};

/** The sound of one call in both directions, through all of its streams. */
export class LegSound {
  readonly playout = new PlayoutBuffer();
  readonly waveform = new WaveformRecord();
  readonly fader = new Fader();
  readonly outgoing: OutgoingLeg;
  readonly tape: SoundTape;
  /** What the plan says of this call. */
  sound: CallSound = { gain: 1, pan: 0, holdMusic: false };

  readonly #clock: Clock;
  readonly #holdMusic: readonly Frame[];
  readonly #events: LegEvents;
  readonly #timeline = new CallTimeline();
  /** Where the next frame received belongs when it follows the last, in samples of the call. */
  #receivedAt = Number.NEGATIVE_INFINITY;
  /** Where the next frame sent belongs, in samples of the call. */
  #sentAt = 0;
  /** The stream that carries it now, or did last. */
  #stream: SoundSink | null = null;

  constructor(clock: Clock, holdMusic: readonly Frame[], budget: TapeBudget, events: LegEvents) {
    this.#clock = clock;
    this.#holdMusic = holdMusic;
    this.#events = events;
    this.tape = new SoundTape(budget);
    this.outgoing = new OutgoingLeg(clock, sent => this.#sent(sent));
  }

  /** Sends on this stream from now on, and is heard from it. */
  connect(sink: SoundSink): void {
    this.#stream = sink;
    this.playout.restart();
    this.#timeline.restart();
    this.outgoing.connect(sink);
  }

  /**
   * Takes sound of the other side, in the place that the timeline gives it. What still comes of a stream
   * that gave way to another is left out: its time is not that of the other. @param timestampMs since the stream began @param mulaw 8 kHz
   */
  receive(stream: SoundSink, timestampMs: number, mulaw: Uint8Array): void {
    if (stream !== this.#stream) return;
    const nowMs = this.#clock.monotonic();
    const expectedMs = this.#timeline.endMs;
    const atMs = this.#timeline.received(timestampMs, mulaw.length / SAMPLES_PER_MS, nowMs);
    if (atMs === null) return;
    this.playout.push(atMs, nowMs, mulaw);
    const lostMs = expectedMs === null ? 0 : atMs - expectedMs;
    if (expectedMs !== null && lostMs >= LOST_MS) this.#events.onLost(expectedMs, lostMs);
    const at = Math.round(atMs * SAMPLES_PER_MS);
    if (Math.abs(at - this.#receivedAt) >= JUMP_SAMPLES) this.#receivedAt = at;
    this.#keep('them', this.#receivedAt, mulaw);
    this.#receivedAt += mulaw.length;
  }

  /** Follows the plan for this call. */
  follow(sound: CallSound): void {
    this.sound = sound;
    this.outgoing.playLoop(sound.holdMusic ? this.#holdMusic : []);
  }

  /** What time of the call it is, in ms since its first stream began. */
  nowMs(): number {
    return this.#timeline.now(this.#clock.monotonic());
  }

  /** How often timestamps of the other side could not be true. */
  get newStarts(): number {
    return this.#timeline.newStarts;
  }

  /** How its sound goes. */
  quality(): CallQuality {
    const { received, late, missing, droppedMs, insertedMs, overflowMs, ...rest } =
      this.playout.figures;
    return {
      ...rest,
      receivedFrames: received,
      lateFrames: late,
      missingFrames: missing,
      droppedMs: droppedMs + overflowMs,
      insertedMs,
      unsentFrames: this.outgoing.unsentFrames,
    };
  }

  /** Stops for good. */
  close(): void {
    this.#stream = null;
    this.outgoing.close();
    this.tape.release();
  }

  #sent(sent: SentFrame): void {
    if (this.#findPlace(sent.level < SPEECH_LEVEL)) {
      this.#keep('us', this.#sentAt, sent.mulaw);
      this.#sentAt += sent.mulaw.length;
    }
    this.#events.onSent(sent);
  }

  /** Sets the place of what is sent now. @returns false when it is quiet and best left out, to come back to the clock */
  #findPlace(isQuiet: boolean): boolean {
    // Until the other side is heard there is no clock to go by.
    if (this.#timeline.endMs === null) return true;
    const now = Math.round(this.nowMs() * SAMPLES_PER_MS);
    const ahead = this.#sentAt - now;
    if (isQuiet && ahead > AHEAD_SAMPLES && ahead <= LOOSE_SAMPLES) return false;
    const isBehind = ahead < (isQuiet ? -BEHIND_SAMPLES : -LOOSE_SAMPLES);
    if (isBehind || ahead > LOOSE_SAMPLES) this.#sentAt = now;
    return true;
  }

  /** Writes sound to the tape and its levels to the waveform. @param at sample of the call */
  #keep(side: Side, at: number, mulaw: Uint8Array): void {
    this.tape.write(side, at, mulaw);
    const frame = Math.floor(at / FRAME_SAMPLES);
    if (mulaw.length <= FRAME_SAMPLES) {
      this.waveform.note(side, frame, levelOfMulaw(mulaw));
      return;
    }
    for (let from = 0, i = 0; from < mulaw.length; from += FRAME_SAMPLES, i += 1) {
      const to = Math.min(from + FRAME_SAMPLES, mulaw.length);
      this.waveform.note(side, frame + i, levelOfMulaw(mulaw, from, to));
    }
  }
}
