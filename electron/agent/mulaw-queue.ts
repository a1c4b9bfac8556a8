/** Sound is kept in blocks of a second, so that many small messages take no more room than a large one. */
const BLOCK_BYTES = 8000;

/** µ-law sound that waits, first in, first out. */
export class MulawQueue {
  readonly #blocks: Uint8Array[] = [];
  /** Where it begins in the first block. */
  #from = 0;
  #length = 0;

  /** Bytes that wait. */
  get length(): number {
    return this.#length;
  }

  /** Adds sound behind what waits. */
  push(mulaw: Uint8Array): void {
    for (let at = 0; at < mulaw.length; ) {
      const end = this.#from + this.#length;
      if (end === this.#blocks.length * BLOCK_BYTES) this.#blocks.push(new Uint8Array(BLOCK_BYTES));
      const part = mulaw.subarray(at, at + BLOCK_BYTES - (end % BLOCK_BYTES));
      this.#blocks.at(-1)?.set(part, end % BLOCK_BYTES);
      this.#length += part.length;
      at += part.length;
    }
  }

  /** The first bytes, as many as asked for or fewer. They go on waiting. */
  peek(bytes: number): Uint8Array {
    const sound = new Uint8Array(Math.min(bytes, this.#length));
    for (let at = 0; at < sound.length; ) {
      const from = this.#from + at;
      const block = this.#blocks[Math.floor(from / BLOCK_BYTES)];
      const start = from % BLOCK_BYTES;
      const part = block?.subarray(start, start + sound.length - at) ?? new Uint8Array();
      sound.set(part, at);
      at += part.length;
    }
    return sound;
  }

  /** Leaves out the first bytes; there must be so many. */
  drop(bytes: number): void {
    this.#from += bytes;
    this.#length -= bytes;
    this.#blocks.splice(0, Math.floor(this.#from / BLOCK_BYTES));
    this.#from %= BLOCK_BYTES;
  }

  /** Leaves out everything. */
  clear(): void {
    this.#blocks.length = 0;
    this.#from = 0;
    this.#length = 0;
  }
}
