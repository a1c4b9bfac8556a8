/** The window is cut into buckets of so many ms; a bucket is forgotten as a whole. */
const BUCKET_MS = 2000;

/** Lateness is remembered for 12 s: a burst every few seconds keeps its room, a single one does not for long. */
const BUCKETS = 6;

/** Lateness is counted in steps of 2 ms up to 256 ms, beyond the deepest depth. */
const STEP_MS = 2;
const STEPS = 128;

/**
 * Later than this (twice the deepest depth) no depth could have helped, so a stall and the burst
 * after it say nothing of the depth needed: they are left out until sound comes in time again.
 */
const STALL_MS = 400;
const IN_TIME_MS = 20;

/** The share of sound that `p95Ms` covers. */
const MOST_SHARE = 0.95;

/**
 * Measures how unevenly sound arrives: how much later than the fastest of the last 2 to 4 s each piece
 * came, judged by its timestamp. Only differences count, so the clocks of both ends need not agree, and
 * as the fastest is looked for anew all the time, neither need they run at the same speed.
 */
export class ArrivalJitter {
  /** Transit of the fastest and the slowest piece of each bucket, ms on no particular scale. */
  readonly #fastest = new Float64Array(BUCKETS);
  readonly #slowest = new Float64Array(BUCKETS);
  readonly #counts = new Uint32Array(BUCKETS * STEPS);
  #bucket = 0;
  #bucketEndsMs = Number.NaN;
  #stalled = false;
  #fastestMs = 0;
  #slowestMs = 0;

  constructor() {
    this.reset();
  }

  /** Transit of the fastest piece lately: its arrival less the end of the sound in it, ms. */
  get fastestMs(): number {
    return this.#fastestMs;
  }

  /** How much later than the fastest the slowest piece of the last 12 s was, ms. */
  get worstMs(): number {
    return Math.max(0, this.#slowestMs - this.#fastestMs);
  }

  /** How much later than the fastest 95 % of the pieces of the last 12 s were at most, ms. */
  get p95Ms(): number {
    const counts = this.#counts;
    const total = counts.reduce((sum, count) => sum + count, 0);
    let left = total * MOST_SHARE;
    for (let step = 0; step < STEPS; step += 1) {
      let here = 0;
      for (let bucket = 0; bucket < BUCKETS; bucket += 1)
        here += counts[bucket * STEPS + step] ?? 0;
      if (here > 0 && left <= here) return (step + left / here) * STEP_MS;
      left -= here;
    }
    return 0;
  }

  /** Takes note of a piece that arrived at `arrivedMs` and whose sound ends at `endMs` of the stream. */
  note(arrivedMs: number, endMs: number): void {
    const transit = arrivedMs - endMs;
    if (!(arrivedMs < this.#bucketEndsMs)) this.#turn(arrivedMs);
    const bucket = this.#bucket;
    if (transit < (this.#fastest[bucket] ?? 0)) {
      this.#fastest[bucket] = transit;
      if (transit < this.#fastestMs) this.#fastestMs = transit;
    }
    const lateMs = transit - this.#fastestMs;
    if (lateMs > STALL_MS) this.#stalled = true;
    else if (lateMs < IN_TIME_MS) this.#stalled = false;
    if (this.#stalled) return;
    if (transit > (this.#slowest[bucket] ?? 0)) {
      this.#slowest[bucket] = transit;
      if (transit > this.#slowestMs) this.#slowestMs = transit;
    }
    const step = bucket * STEPS + Math.min(STEPS - 1, Math.floor(lateMs / STEP_MS));
    this.#counts[step] = (this.#counts[step] ?? 0) + 1;
  }

  /** Forgets everything, as for a new stream. */
  reset(): void {
    this.#fastest.fill(Number.POSITIVE_INFINITY);
    this.#slowest.fill(Number.NEGATIVE_INFINITY);
    this.#counts.fill(0);
    this.#bucketEndsMs = Number.NaN;
    this.#stalled = false;
    this.#fastestMs = Number.POSITIVE_INFINITY;
    this.#slowestMs = Number.NEGATIVE_INFINITY;
  }

  /** Begins a new bucket, or as many as time has passed for. */
  #turn(arrivedMs: number): void {
    const passed = Math.floor((arrivedMs - this.#bucketEndsMs) / BUCKET_MS) + 1;
    const turns = Number.isNaN(passed) ? 1 : Math.min(BUCKETS, passed);
    this.#bucketEndsMs = Number.isNaN(passed)
      ? arrivedMs + BUCKET_MS
      : this.#bucketEndsMs + passed * BUCKET_MS;
    for (let i = 0; i < turns; i += 1) {
      this.#bucket = (this.#bucket + 1) % BUCKETS;
      this.#fastest[this.#bucket] = Number.POSITIVE_INFINITY;
      this.#slowest[this.#bucket] = Number.NEGATIVE_INFINITY;
      this.#counts.fill(0, this.#bucket * STEPS, (this.#bucket + 1) * STEPS);
    }
    // After a stall longer than a bucket there is none before: what was the fastest then still tells most.
    const before = this.#fastest[(this.#bucket + BUCKETS - 1) % BUCKETS] ?? 0;
    if (before < Number.POSITIVE_INFINITY) this.#fastestMs = before;
    this.#slowestMs = this.#slowest.reduce((most, each) => Math.max(most, each));
  }
}
