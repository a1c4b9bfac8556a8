/** How fast the estimate follows a clock that runs differently, per frame received: far above any drift, far below any jitter. */
const FOLLOW = 0.0005;

/** So far ahead of the clock sound may stand, ms: a stream whose first sound was held up that long on its way. */
const MOST_AHEAD_MS = 5000;

/** A sender's clock runs at most so much faster than this one: ten times what a bad crystal is off. */
const FASTEST = 1.001;

/** Sound that belongs further before the end of the sound so far is no repetition, but timestamps that began anew, ms. */
const MOST_BEHIND_MS = 1000;

/** So many payloads in a row that were there before are no repetition either: 1 s of sound. */
const MOST_OLD = 50;

/** How long the timestamps before a new start may still come back, ms. */
const RETURN_MS = 1000;

/**
 * The time of a call: ms since its first stream began, across all of its streams. A stream's own
 * timestamps say where its sound belongs; between and beside them the clock does, and always when a
 * timestamp cannot be true. Whoever plays or keeps the sound goes by what is decided here.
 */
export class CallTimeline {
  /** Call time is `now - #base`: by the earliest arrival, since nothing arrives before it was said. Infinite before the first. */
  #base = Number.POSITIVE_INFINITY;
  /** What makes a time of the call of a timestamp; null before the first of a stream. */
  #offsetMs: number | null = null;
  /** The same before the last new start, good for a moment: one wrong timestamp is no new start. */
  #earlierOffsetMs = 0;
  #earlierUntilMs = Number.NEGATIVE_INFINITY;
  /** What time of the call it was when the stream's first sound came, and when that was. */
  #beganAtMs = 0;
  #beganMs = 0;
  #lastMs = Number.NEGATIVE_INFINITY;
  #endMs: number | null = null;
  #old = 0;
  #newStarts = 0;

  /** Where the sound so far ends, ms of the call; null before the first. */
  get endMs(): number | null {
    return this.#endMs;
  }

  /** How often timestamps could not be true, and their sound was placed by the clock. */
  get newStarts(): number {
    return this.#newStarts;
  }

  /** A new stream begins: its timestamps start at zero again. */
  restart(): void {
    this.#offsetMs = null;
  }

  /**
   * Where received sound belongs, in ms of the call; null when it has no place: it was there before, or
   * more comes than time goes by.
   * @param timestampMs `media.timestamp` @param lengthMs of its sound @param nowMs monotonic
   */
  received(timestampMs: number, lengthMs: number, nowMs: number): number | null {
    const atMs = this.#place(timestampMs, nowMs);
    if (atMs === null) return null;
    const lag = nowMs - atMs;
    if (lag < this.#base) this.#base = lag;
    else this.#base += (lag - this.#base) * FOLLOW;
    this.#lastMs = atMs;
    this.#old = 0;
    const endMs = atMs + lengthMs;
    if (this.#endMs === null || endMs > this.#endMs) this.#endMs = endMs;
    return atMs;
  }

  /** What time of the call it is. @param nowMs monotonic */
  now(nowMs: number): number {
    return Math.max(0, nowMs - this.#base);
  }

  #place(timestampMs: number, nowMs: number): number | null {
    if (this.#offsetMs === null || this.#endMs === null) return this.#begin(timestampMs, nowMs);
    const atMs = this.#offsetMs + timestampMs;
    if (nowMs < this.#earlierUntilMs) {
      const earlierMs = this.#earlierOffsetMs + timestampMs;
      const isNearer = Math.abs(earlierMs - this.#endMs) < Math.abs(atMs - this.#endMs);
      if (isNearer && this.#isPossible(earlierMs, this.#endMs, nowMs)) {
        this.#moveTo(this.#earlierOffsetMs, nowMs);
        return earlierMs > this.#lastMs ? earlierMs : null;
      }
    }
    if (!this.#isPossible(atMs, this.#endMs, nowMs)) {
      return this.#startAnew(timestampMs, this.#endMs, nowMs);
    }
    if (atMs > this.#lastMs) return atMs;
    this.#old += 1;
    return this.#old > MOST_OLD ? this.#startAnew(timestampMs, this.#endMs, nowMs) : null;
  }

  /** A stream's first sound belongs to now; that of a call to where its timestamp says, if that can be. */
  #begin(timestampMs: number, nowMs: number): number {
    const now = this.now(nowMs);
    const isAhead = timestampMs > now && timestampMs <= now + MOST_AHEAD_MS;
    const atMs = isAhead ? timestampMs : now;
    this.#offsetMs = atMs - timestampMs;
    this.#earlierUntilMs = Number.NEGATIVE_INFINITY;
    this.#beganAtMs = now;
    this.#beganMs = nowMs;
    return atMs;
  }

  /** Timestamps begin anew: their sound goes on where the sound so far ends, or after a break now. */
  #startAnew(timestampMs: number, endMs: number, nowMs: number): number | null {
    this.#newStarts += 1;
    const now = this.now(nowMs);
    const atMs = endMs < now - MOST_BEHIND_MS ? now : endMs;
    if (!this.#isPossible(atMs, endMs, nowMs)) return null;
    this.#moveTo(atMs - timestampMs, nowMs);
    return atMs;
  }

  #moveTo(offsetMs: number, nowMs: number): void {
    this.#earlierOffsetMs = this.#offsetMs ?? offsetMs;
    this.#earlierUntilMs = nowMs + RETURN_MS;
    this.#offsetMs = offsetMs;
  }

  /** Whether sound can belong there: not long before the sound so far ends, nor after what the clock allows. */
  #isPossible(atMs: number, endMs: number, nowMs: number): boolean {
    const mostMs = this.#beganAtMs + (nowMs - this.#beganMs) * FASTEST + MOST_AHEAD_MS;
    return atMs >= endMs - MOST_BEHIND_MS && atMs <= mostMs;
  }
}
