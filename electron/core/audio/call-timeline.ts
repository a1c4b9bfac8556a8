/** How fast the estimate follows a clock that runs differently, per frame received: far above any drift, far below any jitter. */
const FOLLOW = 0.0005;

/**
 * The time of a call: ms since its first stream began, across all of its streams. A stream's own
 * timestamps say where its sound belongs; between and beside them the clock does.
 */
export class CallTimeline {
  /** Call time is `now - #base`: by the earliest arrival, since nothing arrives before it was said. */
  #base: number | null = null;
  #offsetMs: number | null = null;

  /** A new stream begins: its timestamps start at zero again. */
  restart(): void {
    this.#offsetMs = null;
  }

  /**
   * Where received sound belongs, in ms of the call.
   * @param timestampMs `media.timestamp` @param nowMs monotonic
   */
  received(timestampMs: number, nowMs: number): number {
    this.#offsetMs ??= this.#base === null ? 0 : Math.max(0, this.now(nowMs) - timestampMs);
    const atMs = this.#offsetMs + timestampMs;
    const lag = nowMs - atMs;
    if (this.#base === null || lag < this.#base) this.#base = lag;
    else this.#base += (lag - this.#base) * FOLLOW;
    return atMs;
  }

  /** What time of the call it is. @param nowMs monotonic */
  now(nowMs: number): number {
    return this.#base === null ? 0 : Math.max(0, nowMs - this.#base);
  }
}
