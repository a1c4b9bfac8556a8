import { performance } from 'node:perf_hooks';
import type { Clock } from './core/clock.ts';

/** The computer's own clock: the only place that reads the time or sets a timer. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
