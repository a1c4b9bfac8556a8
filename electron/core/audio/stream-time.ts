import { FRAME_MS } from './frame.ts';

/** A timestamp this far from where it is expected is no jitter of the timestamp, of which only a part is believed. */
const GAP_MS = FRAME_MS - 0.5;
const BELIEVED = 1 / 64;

/** Where payloads lie in the time of their stream, by the ms since it began and their length. */
export class StreamTime {
  #lastMs = Number.NEGATIVE_INFINITY;
  #endMs = 0;

  /** Where the sound so far ends, ms. */
  get endMs(): number {
    return this.#endMs;
  }

  /**
   * Takes the next payload. Returns the ms missing before it, 0 when it follows what was there; when
   * negative, so many ms of its beginning were there before: all of it when its timestamp is not
   * newer than the last. Null for the first of a stream.
   */
  take(timestampMs: number, lengthMs: number): number | null {
    if (timestampMs <= this.#lastMs) return -lengthMs;
    const isFirst = this.#lastMs === Number.NEGATIVE_INFINITY;
    const aheadMs = timestampMs - this.#endMs;
    this.#lastMs = timestampMs;
    if (isFirst || Math.abs(aheadMs) >= GAP_MS) {
      this.#endMs = timestampMs + lengthMs;
      return isFirst ? null : aheadMs;
    }
    this.#endMs += lengthMs + aheadMs * BELIEVED;
    return 0;
  }

  /** Expects the first payload of another stream. */
  restart(): void {
    this.#lastMs = Number.NEGATIVE_INFINITY;
  }
}
