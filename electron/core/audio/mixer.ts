import { FRAME_SAMPLES, type Frame } from './frame.ts';

/** Adds frames up, each with its own gain, and gives the sum without wrapping around. */
export class Mixer {
  readonly #sum = new Float32Array(FRAME_SAMPLES);

  /** Adds one frame. @param gain 1 keeps it as it is, 0 leaves it out */
  add(frame: Frame, gain: number): void {
    if (gain === 0) return;
    const sum = this.#sum;
    for (let i = 0; i < FRAME_SAMPLES; i += 1) sum[i] = (sum[i] ?? 0) + (frame[i] ?? 0) * gain;
  }

  /** The sum of what was added since the last call, saturated to 16 bits. */
  take(): Frame {
    const mixed = new Int16Array(FRAME_SAMPLES);
    for (let i = 0; i < FRAME_SAMPLES; i += 1) {
      mixed[i] = Math.max(-32768, Math.min(32767, Math.round(this.#sum[i] ?? 0)));
    }
    this.#sum.fill(0);
    return mixed;
  }
}

/** The frame at another loudness, saturated; the same frame when `gain` is 1. */
export function scaled(frame: Frame, gain: number): Frame {
  if (gain === 1) return frame;
  return frame.map(sample => Math.max(-32768, Math.min(32767, Math.round(sample * gain))));
}
