import { FRAME_SAMPLES } from './frame.ts';
import { COMPARED_SAMPLES, mostAlike } from './overlap.ts';
import type { SampleRing } from './sample-ring.ts';

/** Quiet sound is joined within 5 ms, too short to hear and too long to click. */
const QUIET_JOIN = 40;

/** Less than 2 ms is not worth an edit. */
const LEAST_EDIT = 16;

/** Shortest and longest lag at which speech is joined: 2.5 to 15 ms, periods of 400 down to 67 Hz. */
const LEAST_LAG = 20;
const MOST_LAG = 120;

/** When far behind, several periods go at once: up to 20 ms, so that speech runs at twice the speed at most. */
const MOST_HURRIED_LAG = 160;

/** From 150 ms too much on, every frame is shortened; from 60 ms on, every third. */
const FAR_BEHIND = 1200;
const BEHIND = 480;

/** Frames between edits of speech, by how much they matter: seldom enough to sound natural. */
const HURRIED_REST = 3;
const USUAL_REST = 10;
const PATIENT_REST = 25;

/**
 * How much alike two pieces must be at first to be joined in speech, how much less with every try that
 * failed. Measured: 95 % of the loud frames of synthetic speech reach 0.9; white noise 0.2 to 0.4, but joining noise is
 * not heard, so in the end anything is taken.
 */
const LIKENESS = 0.9;
const LIKENESS_LESS = 0.06;

/**
 * Plays what waits in a ring a little faster or slower without changing its pitch: quiet sound is left
 * out or repeated first; in speech one pitch period (the lag at which the sound looks most like
 * itself) is merged into the next or repeated by fading one over into the other. Ask once per frame.
 */
export class Pace {
  readonly #ring: SampleRing;
  readonly #samples = new Int16Array(MOST_HURRIED_LAG + 2 * FRAME_SAMPLES);
  #rested = 0;
  #failed = 0;

  constructor(ring: SampleRing) {
    this.#ring = ring;
  }

  /** Leaves out up to `most` samples, when this is the moment for it. Returns how many. */
  leaveOut(most: number): number {
    this.#rested += 1;
    if (most < LEAST_EDIT) return 0;
    const room = Math.min(most, this.#ring.depth - FRAME_SAMPLES);
    const quiet = this.#ring.quietFrom(0, room + QUIET_JOIN) - QUIET_JOIN;
    if (quiet >= Math.min(room, FRAME_SAMPLES) && quiet >= LEAST_EDIT) {
      return this.#jump(quiet, QUIET_JOIN);
    }
    const farBehind = most > FAR_BEHIND;
    if (this.#rested < restFor(most)) return 0;
    const longest = Math.min(room, farBehind ? MOST_HURRIED_LAG : MOST_LAG);
    const shortest = farBehind ? MOST_LAG / 2 : LEAST_LAG;
    if (longest < shortest) return 0;
    const ahead = this.#samples.subarray(0, longest + COMPARED_SAMPLES + 1);
    const found = mostAlike(this.#ring.read(0, ahead), 0, shortest, longest);
    if (!farBehind && !this.#isAlike(found.likeness)) return 0;
    return this.#jump(found.shift, Math.min(found.shift, MOST_LAG));
  }

  /** Plays about `wanted` samples again, when this is the moment for it. Returns how many. */
  putIn(wanted: number): number {
    this.#rested += 1;
    const room = Math.max(LEAST_EDIT, Math.min(wanted, FRAME_SAMPLES));
    if (this.#ring.quietFrom(-room, room + QUIET_JOIN) === room + QUIET_JOIN) {
      return -this.#jump(-room, QUIET_JOIN);
    }
    if (this.#rested < HURRIED_REST) return 0;
    const around = this.#samples.subarray(0, MOST_LAG + COMPARED_SAMPLES);
    const found = mostAlike(this.#ring.read(-MOST_LAG, around), MOST_LAG, -MOST_LAG, -LEAST_LAG);
    if (!this.#isAlike(found.likeness)) return 0;
    return -this.#jump(found.shift, -found.shift);
  }

  #isAlike(likeness: number): boolean {
    if (likeness >= LIKENESS - LIKENESS_LESS * this.#failed) return true;
    this.#failed += 1;
    this.#rested = 0;
    return false;
  }

  #jump(shift: number, overlap: number): number {
    this.#ring.jump(shift, overlap);
    this.#rested = 0;
    this.#failed = 0;
    return shift;
  }
}

function restFor(most: number): number {
  if (most > FAR_BEHIND) return 1;
  if (most > BEHIND) return HURRIED_REST;
  return most >= FRAME_SAMPLES ? USUAL_REST : PATIENT_REST;
}
