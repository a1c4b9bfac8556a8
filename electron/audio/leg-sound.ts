import { FRAME_SAMPLES, type Frame, SAMPLE_RATE_HZ } from '../core/audio/frame.ts';
import { levelOfMulaw, SPEECH_LEVEL } from '../core/audio/level.ts';
import { type Side, SoundTape, type TapeBudget } from '../core/audio/sound-tape.ts';
import { WaveformRecord } from '../core/audio/waveform-record.ts';
import type { Clock } from '../core/clock.ts';
import type { CallQuality } from '../core/quality.ts';
import type { CallSound } from '../core/sound-plan.ts';
import { IncomingSound } from './incoming-sound.ts';
import type { IncomingTrack } from './incoming-stream.ts';
import { OutgoingLeg, type SentFrame, type SoundSink } from './outgoing-leg.ts';

/** Samples of a call in one millisecond. */
const SAMPLES_PER_MS = SAMPLE_RATE_HZ / 1000;

/** What was sent stands where it was said; further than this from the clock it is placed anew. */
const LOOSE_SAMPLES = 120 * SAMPLES_PER_MS;

/** In a quiet moment what drifted is put right before it comes to that: 30 ms behind, or ahead by more than a lead of 60 ms can be. */
const BEHIND_SAMPLES = 30 * SAMPLES_PER_MS;
const AHEAD_SAMPLES = 90 * SAMPLES_PER_MS;

/** From this length on, sound that never came is told. */
const LOST_MS = 1000;

/** The way of a stream into a call. */
export type StreamInput = {
  /** Sound of the other side. @param timestampMs since the stream began @param mulaw 8 kHz */
  readonly onSound: (timestampMs: number, mulaw: Uint8Array) => void;
  readonly onMark: (name: string) => void;
  readonly onEnd: () => void;
};

/** The way of a stream beside a call, which only brings. */
export type MonitorInput = {
  /**
   * Sound of one track: what the customer says, or what the customer hears.
   * @param timestampMs since the stream began, the same for both tracks @param mulaw 8 kHz
   */
  readonly onSound: (track: 'inbound' | 'outbound', timestampMs: number, mulaw: Uint8Array) => void;
  readonly onEnd: () => void;
};

/** What a leg tells of itself. */
export type LegEvents = {
  readonly onSent: (sent: SentFrame) => void;
  /** Sound of the other side came. @param atMs its place, in ms of the call */
  readonly onHeard: (atMs: number, mulaw: Uint8Array) => void;
  /** Sound never came. @param atMs where, @param lengthMs how much, in ms of the call */
  readonly onLost: (atMs: number, lengthMs: number) => void;
  /**
   * Sound went onto the tape. What is played to a call on hold is left out: nobody says it.
   * @param atMs its place, in ms of the call @param mulaw 8 kHz, not to be written to
   */
  readonly onKept: (side: Side, atMs: number, mulaw: Uint8Array) => void;
};

/** The sound of one call in both directions, through all of its streams. */
export class LegSound {
  readonly waveform = new WaveformRecord();
  readonly outgoing: OutgoingLeg;
  readonly tape: SoundTape;
  /** What the plan says of this call. */
  sound: CallSound = {
    gain: 1,
    pan: 0,
    holdMusic: false,
    from: 'call',
    agent: null,
    toAgent: false,
  };

  readonly #clock: Clock;
  readonly #holdMusic: readonly Frame[];
  readonly #events: LegEvents;
  readonly #incoming = new IncomingSound();
  /** Where the sound of the other side so far ends, in samples of the call; null before the first. */
  #heardTo: number | null = null;
  /** Where the next frame sent belongs, in samples of the call. */
  #sentAt = 0;
  #own: SoundSink | null = null;
  #seat: SoundSink | null = null;
  /** That of the two on which it sends. */
  #sink: SoundSink | null = null;
  #closed = false;

  constructor(clock: Clock, holdMusic: readonly Frame[], budget: TapeBudget, events: LegEvents) {
    this.#clock = clock;
    this.#holdMusic = holdMusic;
    this.#events = events;
    this.tape = new SoundTape(budget);
    this.outgoing = new OutgoingLeg(clock, sent => this.#sent(sent));
  }

  /** Every voice that comes in, heard or not. */
  get tracks(): readonly IncomingTrack[] {
    return this.#incoming.tracks;
  }

  /** Of which of them is heard what the plan wants heard. */
  get heardFrom(): CallSound['from'] {
    return this.#incoming.heardFrom(this.sound.from);
  }

  /** Takes on a stream of its own: is heard from it, and sends on it from now on. */
  connect(sink: SoundSink): StreamInput {
    const input = this.#openInput('call', sink);
    this.#own = sink;
    this.#aim();
    return {
      ...input,
      onEnd: () => {
        input.onEnd();
        if (this.#own !== sink) return;
        this.#own = null;
        this.#aim();
      },
    };
  }

  /** Takes on this desk's seat in a conference: what is sent goes there once the plan has the call there. */
  connectSeat(sink: SoundSink): StreamInput {
    const input = this.#openInput('seat', sink);
    this.#seat = sink;
    this.#aim();
    return {
      ...input,
      onEnd: () => {
        input.onEnd();
        if (this.#seat !== sink) return;
        this.#seat = null;
        this.#aim();
      },
    };
  }

  /** Takes on a stream beside a call of others. */
  connectMonitor(): MonitorInput {
    const stream = {};
    const way = this.#incoming.open('monitor', stream);
    const { them, us } = way;
    return {
      onSound: (name, timestampMs, mulaw) => {
        const track = name === 'inbound' ? them : us;
        if (track !== null && way.isOpen(stream)) this.#take(track, timestampMs, mulaw);
      },
      onEnd: () => this.#incoming.end(way, stream),
    };
  }

  /** Follows the plan for this call. */
  follow(sound: CallSound): void {
    this.sound = sound;
    this.#aim();
    this.outgoing.playLoop(sound.holdMusic ? this.#holdMusic : []);
  }

  /** Sends what the microphone said, but only where the plan believes it goes: elsewhere others would hear it. */
  speak(frame: Frame): void {
    const sendsOn = this.#sink === this.#own ? 'call' : 'seat';
    if (sendsOn === this.sound.from) this.outgoing.speak(frame);
  }

  /** Lets 20 ms go by that nobody hears. */
  skip(): void {
    this.#incoming.skip(this.#clock.monotonic());
  }

  /** What time of the call it is, in ms since its first stream began. */
  nowMs(): number {
    return this.#incoming.clock.now(this.#clock.monotonic());
  }

  /** How often timestamps of what came in could not be true. */
  get newStarts(): number {
    return this.#incoming.newStarts;
  }

  /** How its sound goes. */
  quality(): CallQuality {
    return this.#incoming.quality(this.outgoing.unsentFrames);
  }

  /** Stops for good. */
  close(): void {
    this.#closed = true;
    this.#incoming.close();
    this.outgoing.close();
    this.tape.release();
  }

  #openInput(from: 'call' | 'seat', sink: SoundSink): StreamInput {
    const way = this.#incoming.open(from, sink);
    return {
      onSound: (timestampMs, mulaw) => {
        if (way.isOpen(sink)) this.#take(way.them, timestampMs, mulaw);
      },
      onMark: name => this.outgoing.marked(name),
      onEnd: () => this.#incoming.end(way, sink),
    };
  }

  /** Sends on the seat while there is one; on the call's own stream as long as the plan still has the call there. */
  #aim(): void {
    const before = this.#sink;
    const isOnCall = this.sound.from === 'call' && this.#own !== null;
    this.#sink = isOnCall ? this.#own : (this.#seat ?? this.#own);
    if (this.#closed || this.#sink === before) return;
    // What goes on in the seat must not be heard on the call's own stream as well.
    if (before !== null && before === this.#own) before.clear();
    if (this.#sink !== null) this.outgoing.connect(this.#sink);
    else if (before !== null) this.outgoing.disconnect(before);
  }

  #take(track: IncomingTrack, timestampMs: number, mulaw: Uint8Array): void {
    const at = track.take(timestampMs, mulaw, this.#clock.monotonic());
    if (at === null || track.from !== this.#incoming.keptFrom) return;
    if (track.side === 'them') this.#noteHeard(at, mulaw);
    this.#keep(track.side, at, mulaw);
    this.#events.onKept(track.side, at / SAMPLES_PER_MS, mulaw);
  }

  /** @param at sample of the call */
  #noteHeard(at: number, mulaw: Uint8Array): void {
    const before = this.#heardTo;
    const to = at + mulaw.length;
    this.#heardTo = before === null ? to : Math.max(before, to);
    const lostMs = before === null ? 0 : (at - before) / SAMPLES_PER_MS;
    if (before !== null && lostMs >= LOST_MS) this.#events.onLost(before / SAMPLES_PER_MS, lostMs);
    this.#events.onHeard(at / SAMPLES_PER_MS, mulaw);
  }

  #sent(sent: SentFrame): void {
    // What the customer hears is kept as it comes back, this desk's part in it included.
    const isKept = this.#incoming.keptFrom !== 'monitor';
    if (isKept && this.#findPlace(sent.level < SPEECH_LEVEL)) {
      this.#keep('us', this.#sentAt, sent.mulaw);
      if (sent.source !== 'loop') {
        this.#events.onKept('us', this.#sentAt / SAMPLES_PER_MS, sent.mulaw);
      }
      this.#sentAt += sent.mulaw.length;
    }
    this.#events.onSent(sent);
  }

  /** Sets the place of what is sent now. @returns false when it is quiet and best left out, to come back to the clock */
  #findPlace(isQuiet: boolean): boolean {
    // Until the other side is heard there is no clock to go by.
    if (!this.#incoming.clock.started) return true;
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
