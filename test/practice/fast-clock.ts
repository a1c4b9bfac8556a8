import type { Clock } from '../../electron/core/clock.ts';
import { systemClock } from '../../electron/system-clock.ts';

/** A clock on which everything takes `speed` times less than it should. */
export function fastClock(speed: number): Clock {
  const startedAt = systemClock.now();
  return {
    now: () => startedAt + (systemClock.now() - startedAt) * speed,
    monotonic: () => systemClock.monotonic() * speed,
    after: (delayMs, run) => systemClock.after(delayMs / speed, run),
  };
}
