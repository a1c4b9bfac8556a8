import { SAMPLE_RATE_HZ } from '../core/audio/frame.ts';

const CHUNK_SAMPLES = SAMPLE_RATE_HZ;

/** A recording that keeps only its last part: 8 kHz samples, dropped by whole seconds. */
export class Tape {
  readonly #keptChunks: number;
  #chunks: Int16Array[] = [];
  #lastLength = CHUNK_SAMPLES;

  /** @param keptMs how much of the end is kept, in milliseconds, rounded up to seconds */
  constructor(keptMs: number) {
    this.#keptChunks = Math.ceil(keptMs / 1000) + 1;
  }

  /** Records the samples, which may be changed afterwards. */
  append(samples: Int16Array): void {
    for (let at = 0; at < samples.length; ) {
      const chunk = this.#chunkWithRoom();
      const part = samples.subarray(at, at + CHUNK_SAMPLES - this.#lastLength);
      chunk.set(part, this.#lastLength);
      this.#lastLength += part.length;
      at += part.length;
    }
  }

  /** Everything kept, oldest first. */
  samples(): Int16Array {
    const whole = new Int16Array(this.#chunks.length * CHUNK_SAMPLES);
    for (const [index, chunk] of this.#chunks.entries()) whole.set(chunk, index * CHUNK_SAMPLES);
    return whole.subarray(0, whole.length - (CHUNK_SAMPLES - this.#lastLength));
  }

  /** Forgets everything recorded. */
  rewind(): void {
    this.#chunks = [];
    this.#lastLength = CHUNK_SAMPLES;
  }

  #chunkWithRoom(): Int16Array {
    const last = this.#chunks.at(-1);
    if (last !== undefined && this.#lastLength < CHUNK_SAMPLES) return last;
    const fresh = new Int16Array(CHUNK_SAMPLES);
    this.#chunks.push(fresh);
    if (this.#chunks.length > this.#keptChunks) this.#chunks.shift();
    this.#lastLength = 0;
    return fresh;
  }
}
