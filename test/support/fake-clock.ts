import type { Clock } from '../../electron/core/clock.ts';

/** A clock that stands still until it is moved. */
export type FakeClock = Clock & {
  /** Moves time on, running each timer at its own time. */
  readonly advance: (ms: number) => void;
  /** Timers that still wait. */
  readonly timers: () => number;
};

/** Makes a clock that starts at `startMs`. */
export function fakeClock(startMs = 1_000_000): FakeClock {
  let nowMs = startMs;
  const timers = new Set<{ readonly atMs: number; readonly run: () => void }>();
  return {
    now: () => nowMs,
    monotonic: () => nowMs,
    after: (delayMs, run) => {
      const timer = { atMs: nowMs + delayMs, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance: ms => {
      const endMs = nowMs + ms;
      for (;;) {
        const due = [...timers].filter(({ atMs }) => atMs <= endMs);
        const next = due.sort((a, b) => a.atMs - b.atMs)[0];
        if (next === undefined) break;
        timers.delete(next);
        nowMs = Math.max(nowMs, next.atMs);
        next.run();
      }
      nowMs = endMs;
    },
    timers: () => timers.size,
  };
}
