import { COMPARED_SAMPLES, mostAlike } from './overlap.ts';

/** Shortest and longest period looked for: 2.5 to 15 ms, voices of 400 down to 67 Hz. */
const LEAST_LAG = 20;
const MOST_LAG = 120;

/** A shorter period is repeated in groups of at least 5 ms, so that no buzz is made of it. */
const LEAST_REPEATED = 40;

/** Below this likeness there is no period, so as much as possible is repeated. White noise reached 0.42 at most in 300 tries, voiced speech 0.9. */
const PERIODIC = 0.5;

/** The repeated period fades away within 60 ms, as in ITU-T G.711 Appendix I. */
const FADE_SAMPLES = 480;

/** The step from the end of a period to its beginning is spread over so many samples: 4 ms. */
const MENDED_SAMPLES = 32;

/** Returning sound is faded in within 5 ms: too short to lose the onset of a word. */
const JOIN_SAMPLES = 40;

/** Samples of the sound before a gap that concealing it needs. */
export const CONCEALMENT_HISTORY = MOST_LAG + COMPARED_SAMPLES;

/**
 * Makes up sound while there is none: the last pitch period over and over, fading to silence within
 * 60 ms, and faded over into the sound that returns. Where one round of the period meets the next (and
 * the true sound) the difference of the two is taken away gradually, so that there is never a step.
 */
export class Concealment {
  readonly #period = new Int16Array(2 * MOST_LAG);
  #length = 1;
  /** Samples made since the sound ended. */
  #made = 0;
  #joined = JOIN_SAMPLES;

  /** Whether made-up sound was the last to be played, or still fades over into the true sound. */
  get active(): boolean {
    return this.#joined < JOIN_SAMPLES;
  }

  /** Whether nothing but silence is made any more. */
  get silent(): boolean {
    return this.#made >= FADE_SAMPLES;
  }

  /** Begins after the sound `played`, which holds the last `CONCEALMENT_HISTORY` samples. */
  begin(played: Int16Array): void {
    const end = played.length;
    const { shift, likeness } = mostAlike(played, end - COMPARED_SAMPLES, -MOST_LAG, -LEAST_LAG);
    let lag = likeness < PERIODIC ? MOST_LAG : -shift;
    while (lag < LEAST_REPEATED) lag *= 2;
    const mended = Math.min(lag, MENDED_SAMPLES);
    const step = (played[end - 1] ?? 0) - (played[end - 1 - lag] ?? 0);
    for (let i = 0; i < lag; i += 1) {
      this.#period[i] = (played[end - lag + i] ?? 0) + step * Math.max(0, 1 - (i + 1) / mended);
    }
    this.#length = lag;
    this.#made = 0;
    this.#joined = 0;
  }

  /** Goes on as silence, as after sound that nobody heard. */
  fallSilent(): void {
    this.#made = FADE_SAMPLES;
    this.#joined = 0;
  }

  /** Fills `into` with the sound made next. */
  make(into: Int16Array): Int16Array {
    this.#joined = 0;
    for (let i = 0; i < into.length; i += 1) into[i] = this.#next();
    return into;
  }

  /** How many samples are still to be joined of a payload of `length`. */
  joins(length: number): number {
    return Math.min(length, JOIN_SAMPLES - this.#joined);
  }

  /** Fades over into the first samples that returned, in their place. */
  join(returned: Int16Array): Int16Array {
    for (let i = 0; i < returned.length; i += 1) {
      this.#joined += 1;
      const share = this.#joined / (JOIN_SAMPLES + 1);
      returned[i] = this.#next() * (1 - share) + (returned[i] ?? 0) * share;
    }
    return returned;
  }

  #next(): number {
    const made = this.#made;
    if (made >= FADE_SAMPLES) return 0;
    this.#made += 1;
    return (this.#period[made % this.#length] ?? 0) * (1 - (made + 1) / FADE_SAMPLES);
  }
}
