import type { Fader, StereoGain } from './fader.ts';
import { FRAME_SAMPLES, type Frame, SAMPLE_RATE_HZ, SILENCE, type StereoFrame } from './frame.ts';
import { Limiter } from './limiter.ts';

/** How long a change of gain takes: too slow for a click, too fast to be noticed. */
const GLIDE_MS = 10;

/** Samples of a change of gain: 80. */
const GLIDE_SAMPLES = (SAMPLE_RATE_HZ * GLIDE_MS) / 1000;

/** Adds voices up, each at its place in the stereo field, and gives the sum without clipping. */
export class Mixer {
  /** What is as loud in both ears, summed once for both: most calls stand in the middle. */
  readonly #middle = new Float32Array(FRAME_SAMPLES);
  readonly #sides = new Float32Array(FRAME_SAMPLES * 2);
  readonly #mixed: StereoFrame = new Int16Array(FRAME_SAMPLES * 2);
  readonly #limiter = new Limiter();

  /**
   * Adds one frame of a voice. Its gains glide from where its fader stands to the target in the
   * first 10 ms and stay there. From silence to silence costs nothing.
   */
  add(frame: Frame, fader: Fader, target: StereoGain): void {
    const { left, right } = fader;
    if (left === target.left && right === target.right) {
      this.#hold(frame, 0, target);
      return;
    }
    fader.arrive(target);
    this.#glide(frame, left, right, target);
    this.#hold(frame, GLIDE_SAMPLES, target);
  }

  /** The sum of what was added since the last call, limited. The next call writes into the same array. */
  take(): StereoFrame {
    const middle = this.#middle;
    const sides = this.#sides;
    for (let i = 0; i < FRAME_SAMPLES; i += 1) {
      const both = middle[i] ?? 0;
      sides[2 * i] = (sides[2 * i] ?? 0) + both;
      sides[2 * i + 1] = (sides[2 * i + 1] ?? 0) + both;
    }
    this.#limiter.limit(sides, this.#mixed);
    middle.fill(0);
    sides.fill(0);
    return this.#mixed;
  }

  #hold(frame: Frame, start: number, { left, right }: StereoGain): void {
    if ((left === 0 && right === 0) || frame === SILENCE) return;
    if (left === right) {
      const middle = this.#middle;
      for (let i = start; i < FRAME_SAMPLES; i += 1) {
        middle[i] = (middle[i] ?? 0) + (frame[i] ?? 0) * left;
      }
      return;
    }
    const sides = this.#sides;
    for (let i = start; i < FRAME_SAMPLES; i += 1) {
      const sample = frame[i] ?? 0;
      sides[2 * i] = (sides[2 * i] ?? 0) + sample * left;
      sides[2 * i + 1] = (sides[2 * i + 1] ?? 0) + sample * right;
    }
  }

  #glide(frame: Frame, left: number, right: number, target: StereoGain): void {
    if (frame === SILENCE) return;
    const sides = this.#sides;
    const leftStep = (target.left - left) / GLIDE_SAMPLES;
    const rightStep = (target.right - right) / GLIDE_SAMPLES;
    for (let i = 0; i < GLIDE_SAMPLES; i += 1) {
      const sample = frame[i] ?? 0;
      sides[2 * i] = (sides[2 * i] ?? 0) + sample * (left + leftStep * (i + 1));
      sides[2 * i + 1] = (sides[2 * i + 1] ?? 0) + sample * (right + rightStep * (i + 1));
    }
  }
}

/** The frame at another loudness, saturated; the same frame when `gain` is 1. */
export function scaled(frame: Frame, gain: number): Frame {
  if (gain === 1) return frame;
  return frame.map(sample => Math.max(-32768, Math.min(32767, Math.round(sample * gain))));
}
