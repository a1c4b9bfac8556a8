import { type Frame, SAMPLE_RATE_HZ } from './frame.ts';

/** Samples over which the microphone fades in: 10 ms. */
const RAMP_SAMPLES = (10 * SAMPLE_RATE_HZ) / 1000;

/**
 * The one place a microphone frame must pass to reach anybody. Opening fades in, so that it does
 * not click. Closing is at once: not one sample more.
 */
export class MicrophoneGate {
  #open = false;
  #passed = 0;

  /** Whether frames pass now. */
  get open(): boolean {
    return this.#open;
  }

  /** Opens or closes, at once. */
  set open(open: boolean) {
    if (open && !this.#open) this.#passed = 0;
    this.#open = open;
  }

  /** What may leave of a frame just captured: itself, its faded beginning, or nothing. */
  pass(frame: Frame): Frame | null {
    if (!this.#open) return null;
    if (this.#passed >= RAMP_SAMPLES) return frame;
    const start = this.#passed;
    this.#passed += frame.length;
    return frame.map((sample, i) => Math.round(sample * Math.min(1, (start + i) / RAMP_SAMPLES)));
  }
}
