import { FRAME_MS } from './audio/frame.ts';
import type { Cancel, Clock } from './clock.ts';

/** Frames made up for after a stall; beyond that (the computer slept) the schedule begins anew. */
const CATCH_UP_FRAMES = 250;

/**
 * Calls `onFrame` once per 20 ms on an absolute schedule: the n-th call is due n × 20 ms after the
 * start, however late the ones before were. Frames missed by up to 5 s are made up for at once.
 */
export function pace(clock: Clock, onFrame: () => void): Cancel {
  let startedAt = clock.monotonic();
  let done = 0;
  let cancelled = false;
  let cancelTimer: Cancel = () => {};

  const arm = (): void => {
    const dueAt = startedAt + (done + 1) * FRAME_MS;
    cancelTimer = clock.after(Math.max(0, dueAt - clock.monotonic()), run);
  };
  const run = (): void => {
    const now = clock.monotonic();
    let due = Math.floor((now - startedAt) / FRAME_MS) - done;
    if (due > CATCH_UP_FRAMES) {
      startedAt = now - FRAME_MS;
      done = 0;
      due = 1;
    }
    for (; due > 0 && !cancelled; due -= 1) {
      done += 1;
      onFrame();
    }
    if (!cancelled) arm();
  };

  arm();
  return () => {
    cancelled = true;
    cancelTimer();
  };
}
