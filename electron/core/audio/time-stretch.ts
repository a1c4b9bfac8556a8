import { FRAME_SAMPLES, type Frame, SILENCE } from './frame.ts';
import { crossFade, mostAlike } from './overlap.ts';

/** The speeds there are: beyond three times nothing is understood, below half there are only echoes. */
const LEAST_SPEED = 0.5;
const MOST_SPEED = 3;

/** Pieces are joined within 10 ms, half a frame. */
const JOIN_SAMPLES = 80;

/** How far around the ideal place the most alike is looked for: 10 ms either way holds a whole period of any voice above 50 Hz. */
const REACH = 80;

/** No jump is shorter than the shortest period, 2.5 ms (400 Hz): less would not look different. */
const LEAST_JUMP = 20;

/** The furthest jump there can be either way: what a frame at the limits of speed makes, twice the reach on top. */
const MOST_AHEAD = FRAME_SAMPLES * (MOST_SPEED - 1) + 2 * REACH;
const MOST_BACK = FRAME_SAMPLES * (1 - LEAST_SPEED) + 2 * REACH;

/** Room for what was played, what is played next, and as much again before it is moved. */
const CAPACITY = 4096;

/**
 * Plays sound faster or slower with its pitch kept (WSOLA, Verhelst and Roelands 1993; mono, 8 kHz). Each
 * frame is played from the source as it is, except that its beginning may be faded over to another
 * place of the source: the one, around where the speed wants to be by then, that looks most like what would
 * have come next. What the place is off is made up for by the next frame, so the length is exact. At
 * speed 1 there are no jumps, and the samples pass unchanged.
 */
export class TimeStretch {
  /** The next `count` samples of the source; fewer, or none, when no more are there (yet). */
  readonly #read: (count: number) => Int16Array;
  readonly #samples = new Int16Array(CAPACITY);
  readonly #frame: Frame = new Int16Array(FRAME_SAMPLES);
  #speed = 1;
  /** Where the next sample to play lies, and where the samples read end. */
  #at = 0;
  #end = 0;
  /** How far ahead of its place in the source the speed wants to be. */
  #behind = 0;

  constructor(read: (count: number) => Int16Array) {
    this.#read = read;
  }

  /** How many times faster than it was said, 0.5 to 3. */
  get speed(): number {
    return this.#speed;
  }

  /** May be changed at any moment, without a click. */
  set speed(value: number) {
    this.#speed = Math.min(MOST_SPEED, Math.max(LEAST_SPEED, value));
    if (this.#speed === 1) this.#behind = 0;
  }

  /** Samples read from the source and not yet played: the source's place less this is what is heard. */
  get latency(): number {
    return this.#end - this.#at;
  }

  /** The next 20 ms, valid until the next pull; filled up with silence at the end of the source. */
  pull(): Frame {
    if (this.#speed === 1) this.#fill(FRAME_SAMPLES);
    else this.#jump();
    const count = Math.min(FRAME_SAMPLES, this.latency);
    if (count === 0) return SILENCE;
    this.#frame.set(this.#samples.subarray(this.#at, this.#at + count));
    this.#frame.fill(0, count);
    this.#at += count;
    return this.#frame;
  }

  /** Forgets what was read, as after a seek of the source. */
  reset(): void {
    this.#at = 0;
    this.#end = 0;
    this.#behind = 0;
  }

  /** Goes where the speed wants to be by the end of this frame, when that is far enough to jump. */
  #jump(): void {
    this.#fill(MOST_AHEAD + FRAME_SAMPLES);
    // Where the source has no more (yet), there is nothing to be behind of.
    const most = Math.min(MOST_AHEAD, this.latency);
    this.#behind = Math.min(most, this.#behind + (this.#speed - 1) * FRAME_SAMPLES);
    const wanted = Math.round(this.#behind);
    if (Math.abs(wanted) < REACH) return;
    const least = wanted > 0 ? LEAST_JUMP : -this.#at;
    const last = Math.min(wanted > 0 ? wanted + REACH : -LEAST_JUMP, this.latency - FRAME_SAMPLES);
    const first = Math.max(least, Math.min(wanted - REACH, last));
    if (first > last) return;
    const { shift } = mostAlike(this.#samples, this.#at, first, last);
    const joined = this.#samples.slice(this.#at + shift, this.#at + shift + JOIN_SAMPLES);
    crossFade(this.#samples.subarray(this.#at, this.#at + JOIN_SAMPLES), joined);
    this.#at += shift;
    this.#samples.set(joined, this.#at);
    this.#behind -= shift;
  }

  /** Reads until so many samples are there, if they are. */
  #fill(count: number): void {
    if (this.#at + count > CAPACITY) {
      const kept = Math.max(0, this.#at - MOST_BACK);
      this.#samples.copyWithin(0, kept, this.#end);
      this.#at -= kept;
      this.#end -= kept;
    }
    const lacking = count - this.latency;
    if (lacking <= 0) return;
    const read = this.#read(lacking);
    this.#samples.set(read, this.#end);
    this.#end += read.length;
  }
}
