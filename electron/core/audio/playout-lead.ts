import { ArrivalJitter } from './arrival-jitter.ts';
import { FRAME_MS, FRAME_SAMPLES } from './frame.ts';
import { RecentLowest } from './recent-lowest.ts';

/** The depth aimed at is adaptive between these. */
const LEAST_TARGET_MS = 20;
const MOST_TARGET_MS = 200;

/** Aimed at in the first 12 s (600 pulls), before the network is known: two frames. */
const FIRST_TARGET_MS = 40;
const FIRST_PULLS = 600;

/** Kept above the worst lateness measured: 5 ms, as late as a timer of a busy event loop is now and then (own estimate). */
const SAFETY_MS = 5;

/** The least lead is so much below the target, so that the mean of leads one step wide is never far above it. */
const BELOW_TARGET_MS = 15;

/** A lead may be beyond its step by so much before anything is done, so that drift at the edge does not swing. */
const SLACK_MS = 1;

/** The lowest lead of the last 0.5 to 1 s counts, so that uneven pulling needs no care of its own. */
const LEAD_PULLS = 25;

/**
 * Tells how much too deep or too shallow the buffer is. The *lead* of a pull is how long before it the
 * newest payload it needs would have been there, had it come as fast as the fastest lately: a
 * payload later than the lead is an underrun. As a frame is pulled whole, leads come in steps of
 * 20 ms; the lowest lead of the last second is held within one step above the worst lateness of the
 * last 12 s. Lead and lateness are differences between the same two clocks, so drift
 * of one against the other is merely a lead that moves slowly.
 */
export class PlayoutLead {
  readonly #jitter = new ArrivalJitter();
  /** Leads but for the transit of the fastest payload, which changes. */
  readonly #lowest = new RecentLowest(LEAD_PULLS);
  #pulls = 0;

  /** The delay aimed at now, ms. */
  get targetMs(): number {
    return Math.min(MOST_TARGET_MS, this.#leastMs + BELOW_TARGET_MS);
  }

  /** How much later than the fastest 95 % of the sound arrived at most, ms. */
  get jitterMs(): number {
    return this.#jitter.p95Ms;
  }

  /** Takes note of a payload that arrived at `arrivedMs` and ends at `endMs` of the stream. */
  arrived(arrivedMs: number, endMs: number): void {
    this.#jitter.note(arrivedMs, endMs);
  }

  /** Whether a first pull at `nowMs` that needs the payload ending at `neededMs` has lead enough. */
  suffices(nowMs: number, neededMs: number): boolean {
    return nowMs - neededMs - this.#jitter.fastestMs >= this.#leastMs;
  }

  /**
   * Takes note of a pull at `nowMs` that needs the payload ending at `neededMs`. Returns how many
   * samples are too many, negative when they are too few. `idle` samples make no lead: they lie
   * between the end of what is pulled and the end of that payload.
   */
  pulled(nowMs: number, neededMs: number, idle: number): number {
    this.#pulls += 1;
    this.#lowest.note(nowMs - neededMs);
    const above = this.#lowest.value - this.#jitter.fastestMs - this.#leastMs;
    if (above < -2 * SLACK_MS) {
      return idle + Math.floor((above + 2 * SLACK_MS) / FRAME_MS) * FRAME_SAMPLES;
    }
    if (!this.#lowest.settled) return 0;
    return idle + Math.max(0, Math.floor((above - SLACK_MS) / FRAME_MS)) * FRAME_SAMPLES;
  }

  /** Leads grew by `ms`, as sound was put in or made up; less when it was left out. */
  shift(ms: number): void {
    this.#lowest.shift(ms);
  }

  /** Begins to measure anew. */
  reset(): void {
    this.#jitter.reset();
    this.#lowest.reset();
    this.#pulls = 0;
  }

  /** The least lead wanted, ms. At the upper end it is the whole target, so that bursts of 200 ms are absorbed. */
  get #leastMs(): number {
    const target = this.#pulls < FIRST_PULLS ? FIRST_TARGET_MS : LEAST_TARGET_MS;
    const wanted = Math.max(target - BELOW_TARGET_MS, this.#jitter.worstMs + SAFETY_MS);
    return Math.min(MOST_TARGET_MS, wanted);
  }
}
