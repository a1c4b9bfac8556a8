import { FRAME_MS } from './frame.ts';

/** Frames that may be on the wire before they are due: 60 ms, enough for a late timer. */
export const LEAD_FRAMES = 3;

/**
 * The schedule of one sender: one frame every 20 ms by absolute deadlines, so that a late timer is
 * made up for and never adds up. Arithmetic only: the caller keeps the clock.
 */
export class Pacer {
  #startedAtMs: number | null = null;
  #sent = 0;

  /** How many frames may be sent at `nowMs` (ms, monotonic). Never more than the lead after a pause. */
  due(nowMs: number): number {
    this.#startedAtMs ??= nowMs;
    const due = Math.floor((nowMs - this.#startedAtMs) / FRAME_MS) + LEAD_FRAMES - this.#sent;
    if (due <= LEAD_FRAMES) return Math.max(0, due);
    this.#startedAtMs = nowMs - this.#sent * FRAME_MS;
    return LEAD_FRAMES;
  }

  /** Notes that frames were sent. */
  sent(frames: number): void {
    this.#sent += frames;
  }

  /** When the next frame falls due, in ms on the same clock as `due`. */
  nextDueMs(nowMs: number): number {
    const startedAtMs = this.#startedAtMs ?? nowMs;
    return startedAtMs + (this.#sent - LEAD_FRAMES + 1) * FRAME_MS;
  }
}
