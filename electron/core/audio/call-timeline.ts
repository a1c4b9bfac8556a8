import type { CallClock } from './call-clock.ts';
import type { StreamOffset } from './stream-offset.ts';

/** Sound that belongs further before the end of the sound so far is no repetition, but timestamps that began anew, ms. */
const MOST_BEHIND_MS = 1000;

/** So many payloads in a row that were there before are no repetition either: 1 s of sound. */
const MOST_OLD = 50;

/**
 * Where the sound of one track belongs in the time of its call: ms since the call's first stream began,
 * across all of its streams. A stream's own timestamps say it; between and beside them the clock does,
 * and always when a timestamp cannot be true. Whoever plays or keeps the sound goes by what is decided here.
 */
export class CallTimeline {
  readonly #clock: CallClock;
  readonly #offset: StreamOffset;
  #lastMs = Number.NEGATIVE_INFINITY;
  #endMs = Number.NEGATIVE_INFINITY;
  #old = 0;
  #newStarts = 0;

  /** @param clock shared by all tracks of a call @param offset shared by the tracks of a stream */
  constructor(clock: CallClock, offset: StreamOffset) {
    this.#clock = clock;
    this.#offset = offset;
  }

  /** How often timestamps could not be true, and their sound was placed by the clock. */
  get newStarts(): number {
    return this.#newStarts;
  }

  /**
   * Where received sound belongs, in ms of the call; null when it has no place: it was there before, or
   * more comes than time goes by.
   * @param timestampMs `media.timestamp` @param lengthMs of its sound @param nowMs monotonic
   */
  received(timestampMs: number, lengthMs: number, nowMs: number): number | null {
    const atMs = this.#place(timestampMs, nowMs);
    if (atMs === null) return null;
    this.#clock.arrived(atMs, nowMs);
    this.#lastMs = atMs;
    this.#old = 0;
    const endMs = atMs + lengthMs;
    if (endMs > this.#endMs) this.#endMs = endMs;
    return atMs;
  }

  #place(timestampMs: number, nowMs: number): number | null {
    const { currentMs } = this.#offset;
    if (currentMs === null) {
      return this.#offset.begin(timestampMs, this.#clock.now(nowMs), nowMs);
    }
    const atMs = currentMs + timestampMs;
    const earlierOffsetMs = this.#offset.earlierMs(nowMs);
    if (earlierOffsetMs !== null) {
      const earlierMs = earlierOffsetMs + timestampMs;
      const isNearer = Math.abs(earlierMs - this.#endMs) < Math.abs(atMs - this.#endMs);
      if (isNearer && this.#isPossible(earlierMs, nowMs)) {
        this.#offset.moveTo(earlierOffsetMs, nowMs);
        return earlierMs > this.#lastMs ? earlierMs : null;
      }
    }
    if (!this.#isPossible(atMs, nowMs)) return this.#startAnew(timestampMs, nowMs);
    if (atMs > this.#lastMs) return atMs;
    this.#old += 1;
    return this.#old > MOST_OLD ? this.#startAnew(timestampMs, nowMs) : null;
  }

  /** Timestamps begin anew: their sound goes on where the sound so far ends, or after a break now. */
  #startAnew(timestampMs: number, nowMs: number): number | null {
    this.#newStarts += 1;
    const now = this.#clock.now(nowMs);
    const atMs = this.#endMs < now - MOST_BEHIND_MS ? now : this.#endMs;
    if (!this.#isPossible(atMs, nowMs)) return null;
    this.#offset.moveTo(atMs - timestampMs, nowMs);
    return atMs;
  }

  /** Whether sound can belong there: not long before the sound so far ends, nor after what the clock allows. */
  #isPossible(atMs: number, nowMs: number): boolean {
    return atMs >= this.#endMs - MOST_BEHIND_MS && atMs <= this.#offset.latestMs(nowMs);
  }
}
