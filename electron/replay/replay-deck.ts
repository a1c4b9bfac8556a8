import { FRAME_SAMPLES, type Frame, SAMPLE_RATE_HZ, SILENCE } from '../core/audio/frame.ts';
import { TimeStretch } from '../core/audio/time-stretch.ts';
import type { ReplaySpeed } from '../core/replay.ts';
import { PauseSkipper } from './pause-skipper.ts';
import type { SoundSource } from './sound-source.ts';

const SAMPLES_PER_MS = SAMPLE_RATE_HZ / 1000;

/** Samples over which sound fades where it stops or starts in the middle: 10 ms. */
const FADE_SAMPLES = 10 * SAMPLES_PER_MS;

/**
 * Nearer than this to the end of a call that goes on, the past has caught up with it. As far as the
 * stretch reads ahead: a frame and its jump never take more, so there is always one left to fade out in.
 */
const CAUGHT_UP_SAMPLES = 4 * FRAME_SAMPLES;

/** With less than this left of a call that goes on, the frame played is the last until more comes. */
const DRY_SAMPLES = 2 * FRAME_SAMPLES;

/** Plays a source: from any place, faster or slower with its pitch kept, with or without its pauses. */
export class ReplayDeck {
  readonly #source: SoundSource;
  readonly #onEnd: () => void;
  readonly #skipper: PauseSkipper;
  readonly #stretch: TimeStretch;
  readonly #frame: Frame = new Int16Array(FRAME_SAMPLES);
  /** Whether sound is pulled, and whether it shall be: a pause takes effect once it has faded out. */
  #playing = false;
  #wanted = false;
  /** Where to go once it has faded out, as a sample. */
  #target: number | null = null;
  #ended = false;
  /** Nothing sounded at the end of the last frame, so what comes next fades in. */
  #silent = true;
  /** Put in its place and not played since. */
  #fresh = true;

  /** @param at where it begins, in ms of the call @param onEnd told each time the end is reached */
  constructor(source: SoundSource, at: number, onEnd: () => void) {
    this.#source = source;
    this.#onEnd = onEnd;
    this.#skipper = new PauseSkipper(source, this.#inside(at * SAMPLES_PER_MS));
    this.#stretch = new TimeStretch(count => this.#skipper.read(count));
  }

  /** How many times faster than it was said. */
  set speed(speed: ReplaySpeed) {
    this.#stretch.speed = speed;
  }

  /** Whether pauses in which nobody speaks are left out. */
  set skipSilence(on: boolean) {
    this.#skipper.skips = on;
  }

  /** Where it is and how long its sound is, in ms of the call. */
  position(): { readonly atMs: number; readonly lengthMs: number } {
    const heard = this.#target ?? this.#skipper.placeBefore(this.#stretch.latency);
    const at = Math.max(this.#source.start(), heard);
    return { atMs: at / SAMPLES_PER_MS, lengthMs: this.#source.end() / SAMPLES_PER_MS };
  }

  /** Goes on, or stands still. At the end it goes on from the start. */
  play(on: boolean): void {
    if (on && this.#ended) this.seek(this.#source.start() / SAMPLES_PER_MS);
    this.#wanted = on;
    if (on) this.#playing = true;
  }

  /** Goes to another place. @param atMs ms of the call */
  seek(atMs: number): void {
    this.#target = this.#inside(atMs * SAMPLES_PER_MS);
    if (!this.#playing) this.#turn();
  }

  /** The next 20 ms, valid until the next pull. */
  pull(): Frame {
    if (!this.#playing) return SILENCE;
    const turns = !this.#wanted || this.#target !== null;
    const ends = !turns && this.#isAtEnd();
    const stops = turns || ends || this.#isDry();
    const frame = stops && this.#silent ? SILENCE : this.#next(stops);
    if (turns) this.#turn();
    else if (ends) this.#end();
    return frame;
  }

  close(): void {
    this.#source.close();
  }

  /** Does what was waited with until the sound had faded out. */
  #turn(): void {
    if (this.#target !== null) {
      this.#skipper.goTo(this.#target);
      this.#stretch.reset();
      this.#target = null;
      this.#ended = false;
      this.#fresh = true;
    }
    this.#playing = this.#wanted;
  }

  #end(): void {
    this.#playing = false;
    this.#wanted = false;
    this.#ended = true;
    this.#onEnd();
  }

  /** The next frame of sound, faded in after silence and out before it. @param stops whether silence comes after it */
  #next(stops: boolean): Frame {
    const readBefore = this.#skipper.taken - this.#stretch.latency;
    const pulled = this.#stretch.pull();
    const sounding = Math.min(FRAME_SAMPLES, this.#skipper.taken - readBefore);
    const fadesIn = this.#silent;
    this.#silent = stops || sounding < FRAME_SAMPLES || this.#hasNoMore();
    if (sounding === 0) return SILENCE;
    this.#fresh = false;
    this.#frame.set(pulled);
    if (fadesIn) fade(this.#frame, i => i / FADE_SAMPLES);
    if (this.#silent) fade(this.#frame, i => (sounding - 1 - i) / FADE_SAMPLES);
    return this.#frame;
  }

  /** Whether the source has nothing to follow what was played: at its end, or while its disk is slow. */
  #hasNoMore(): boolean {
    return this.#stretch.latency === 0 && this.#source.read(this.#skipper.at, 1).length === 0;
  }

  /** What is left of the source, in samples. */
  #left(): number {
    return this.#source.end() - this.#skipper.at + this.#stretch.latency;
  }

  #isAtEnd(): boolean {
    if (!this.#source.grows()) return this.#left() <= 0;
    // Who plays no faster than it was said stays behind, unless put at the end.
    const nears = this.#stretch.speed > 1 || this.#skipper.skips || this.#fresh;
    return nears && this.#left() < CAUGHT_UP_SAMPLES;
  }

  /** Whether a call that goes on, but of which nothing comes now, is played to its end. */
  #isDry(): boolean {
    return this.#source.grows() && this.#left() < (this.#silent ? CAUGHT_UP_SAMPLES : DRY_SAMPLES);
  }

  #inside(at: number): number {
    return Math.round(Math.max(this.#source.start(), Math.min(this.#source.end(), at)));
  }
}

/** Multiplies each sample with its gain, held between 0 and 1. */
function fade(frame: Frame, gain: (i: number) => number): void {
  for (let i = 0; i < FRAME_SAMPLES; i += 1) {
    frame[i] = Math.round((frame[i] ?? 0) * Math.max(0, Math.min(1, gain(i))));
  }
}
