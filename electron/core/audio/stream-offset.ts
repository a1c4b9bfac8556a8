/** How long the timestamps before a new start may still come back, ms. */
const RETURN_MS = 1000;

/** So far ahead of the clock sound may stand, ms: a stream whose first sound was held up that long on its way. */
const MOST_AHEAD_MS = 5000;

/** A sender's clock runs at most so much faster than this one: ten times what a bad crystal is off. */
const FASTEST = 1.001;

/**
 * What makes times of the call of the timestamps of one stream. All tracks of a stream count from the
 * same start, so they share it: what is said at the same time stays at the same time.
 */
export class StreamOffset {
  #currentMs: number | null = null;
  /** The same before the last new start, good for a moment: one wrong timestamp is no new start. */
  #earlierMs = 0;
  #earlierUntilMs = Number.NEGATIVE_INFINITY;
  /** What time of the call it was when the stream's first sound came, and when that was. */
  #beganAtMs = 0;
  #beganMs = 0;

  /** The offset of now; null before the first sound of a stream. */
  get currentMs(): number | null {
    return this.#currentMs;
  }

  /** A new stream begins: its timestamps start at zero again. */
  restart(): void {
    this.#currentMs = null;
  }

  /**
   * A stream's first sound belongs to now; that of a call to where its timestamp says, if that can be.
   * @param callMs what time of the call it is @returns the place of that sound, ms of the call
   */
  begin(timestampMs: number, callMs: number, nowMs: number): number {
    const isAhead = timestampMs > callMs && timestampMs <= callMs + MOST_AHEAD_MS;
    const atMs = isAhead ? timestampMs : callMs;
    this.#currentMs = atMs - timestampMs;
    this.#earlierUntilMs = Number.NEGATIVE_INFINITY;
    this.#beganAtMs = callMs;
    this.#beganMs = nowMs;
    return atMs;
  }

  /** Timestamps go by another offset from now on. */
  moveTo(offsetMs: number, nowMs: number): void {
    this.#earlierMs = this.#currentMs ?? offsetMs;
    this.#earlierUntilMs = nowMs + RETURN_MS;
    this.#currentMs = offsetMs;
  }

  /** The offset that may still come back; null when none. */
  earlierMs(nowMs: number): number | null {
    return nowMs < this.#earlierUntilMs ? this.#earlierMs : null;
  }

  /** The latest time of the call that sound of this stream can belong to. */
  latestMs(nowMs: number): number {
    return this.#beganAtMs + (nowMs - this.#beganMs) * FASTEST + MOST_AHEAD_MS;
  }
}
