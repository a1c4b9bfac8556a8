/** How fast the estimate follows a clock that runs differently, per frame received: far above any drift, far below any jitter. */
const FOLLOW = 0.0005;

/** What time of a call it is: ms since its first stream began, by the sound of all of its streams. */
export class CallClock {
  /** Call time is `now - #base`: by the earliest arrival, since nothing arrives before it was said. Infinite before the first. */
  #base = Number.POSITIVE_INFINITY;

  /** Whether any sound arrived to go by. */
  get started(): boolean {
    return this.#base !== Number.POSITIVE_INFINITY;
  }

  /** Takes note that sound of a time of the call arrived. @param nowMs monotonic */
  arrived(atMs: number, nowMs: number): void {
    const lag = nowMs - atMs;
    if (lag < this.#base) this.#base = lag;
    else this.#base += (lag - this.#base) * FOLLOW;
  }

  /** What time of the call it is. @param nowMs monotonic */
  now(nowMs: number): number {
    return Math.max(0, nowMs - this.#base);
  }
}
