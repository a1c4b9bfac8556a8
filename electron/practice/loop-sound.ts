import { FRAME_SAMPLES, type Frame } from '../core/audio/frame.ts';

/** A sound without an end, taken from a loop of samples that is made when first needed. */
export class LoopSound {
  readonly #loop: () => Int16Array;
  #at = 0;

  constructor(loop: () => Int16Array) {
    this.#loop = loop;
  }

  /** The next 20 ms. */
  next(): Frame {
    const loop = this.#loop();
    const frame = new Int16Array(FRAME_SAMPLES);
    for (let i = 0; i < FRAME_SAMPLES; i += 1) frame[i] = loop[(this.#at + i) % loop.length] ?? 0;
    this.#at = (this.#at + FRAME_SAMPLES) % loop.length;
    return frame;
  }

  /** The next 20 ms with `voice` over it. */
  under(voice: Frame): Frame {
    const frame = this.next();
    for (let i = 0; i < FRAME_SAMPLES; i += 1) {
      const sum = (frame[i] ?? 0) + (voice[i] ?? 0);
      frame[i] = Math.max(-32768, Math.min(32767, sum));
    }
    return frame;
  }
}
