import { SAMPLE_RATE_HZ } from '../core/audio/frame.ts';
import { crossFade } from '../core/audio/overlap.ts';
import type { SoundSource } from './sound-source.ts';

const SAMPLES_PER_MS = SAMPLE_RATE_HZ / 1000;

/** Pauses longer than this are left out, all but their first moment and their last. */
const PAUSE_SAMPLES = 700 * SAMPLES_PER_MS;
const KEPT_AFTER_SPEECH = 150 * SAMPLES_PER_MS;
const KEPT_BEFORE_SPEECH = 250 * SAMPLES_PER_MS;

/** The quiet on both sides of what is left out is joined within 10 ms. */
const JOIN_SAMPLES = 10 * SAMPLES_PER_MS;

/** Reads a source on and on; on wish without the pauses in which nobody speaks. Places are samples of the call. */
export class PauseSkipper {
  readonly #source: SoundSource;
  #at: number;
  #taken = 0;
  /** Where the last leap began, and what had been taken by then; null without one. */
  #leap: { readonly from: number; readonly taken: number } | null = null;
  /** Whether pauses are left out. */
  skips = false;

  constructor(source: SoundSource, at: number) {
    this.#source = source;
    this.#at = at;
  }

  /** The next sample to read. */
  get at(): number {
    return this.#at;
  }

  /** Samples handed out so far. */
  get taken(): number {
    return this.#taken;
  }

  /** The place of the sample that was handed out so many samples ago. */
  placeBefore(samples: number): number {
    const leap = this.#leap;
    if (leap === null || this.#taken - leap.taken >= samples) return this.#at - samples;
    return leap.from - (samples - (this.#taken - leap.taken));
  }

  /** Goes to another place. */
  goTo(at: number): void {
    this.#at = at;
    this.#leap = null;
  }

  /** The next samples; fewer at the end, none while they are being read from the disk. */
  read(count: number): Int16Array {
    const before = this.skips ? this.#leapOverPause() : null;
    this.#at = Math.max(this.#at, this.#source.start());
    const samples = new Int16Array(count);
    let got = 0;
    // A source gives no more at once than there is in one of its pieces.
    for (let part = this.#part(count); part.length > 0; part = this.#part(count - got)) {
      samples.set(part, got);
      got += part.length;
    }
    this.#taken += got;
    if (before !== null) crossFade(before, samples.subarray(0, Math.min(got, before.length)));
    return samples.subarray(0, got);
  }

  #part(count: number): Int16Array {
    const part = this.#source.read(this.#at, count);
    this.#at += part.length;
    return part;
  }

  /** Leaves a pause out. Returns the quiet that would have come next; null when there is no pause. */
  #leapOverPause(): Int16Array | null {
    const from = this.#at;
    const quietFrom = from - KEPT_AFTER_SPEECH;
    const speech = this.#source.speechAfter(Math.max(this.#source.start(), quietFrom));
    if (speech - quietFrom <= PAUSE_SAMPLES) return null;
    const end = this.#source.end();
    const to = speech >= end ? end : speech - KEPT_BEFORE_SPEECH;
    if (to <= from) return null;
    const before = this.#source.read(from, JOIN_SAMPLES);
    this.#leap = { from, taken: this.#taken };
    this.#at = to;
    return before;
  }
}
