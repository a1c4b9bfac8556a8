import { FRAME_MS } from './frame.ts';

/** Frames that may be on the wire before they are due: 60 ms, enough for a late timer. */
export const LEAD_FRAMES = 3;

/**
 * The schedule of one sender: one frame every 20 ms by absolute deadlines, so that a late timer is
 * made up for and never adds up. It follows the other end's buffer: sound that comes while the
 * buffer plays is heard behind it, sound that comes to an empty one at once. Arithmetic only: the
 * caller keeps the clock (ms, monotonic).
 */
export class Pacer {
  /** When all that was sent will have been heard. */
  #endMs = Number.NEGATIVE_INFINITY;

  /** How many frames may be sent at `nowMs`. Never more than the lead. */
  due(nowMs: number): number {
    this.#endMs = Math.max(this.#endMs, nowMs);
    return Math.max(0, LEAD_FRAMES - Math.ceil((this.#endMs - nowMs) / FRAME_MS));
  }

  /** How long what was sent goes on to be heard from `nowMs` on. */
  aheadMs(nowMs: number): number {
    return Math.max(0, this.#endMs - nowMs);
  }

  /** Notes that frames were sent. */
  sent(frames: number): void {
    this.#endMs += frames * FRAME_MS;
  }

  /**
   * How many of the frames sent have not been heard at `nowMs`. One of which half was heard counts
   * as heard: the other end works in frames of its own, whose beginning is known no better.
   */
  unheard(nowMs: number): number {
    return Math.max(0, Math.ceil((this.#endMs + FRAME_MS / 2 - nowMs) / FRAME_MS) - 1);
  }

  /** Notes that frames sent last will not be heard. */
  takeBack(frames: number): void {
    this.#endMs -= frames * FRAME_MS;
  }

  /** When the next frame falls due. */
  nextDueMs(): number {
    return this.#endMs - (LEAD_FRAMES - 1) * FRAME_MS;
  }
}
