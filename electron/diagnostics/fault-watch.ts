import type { Clock } from '../core/clock.ts';
import type { Log } from '../log.ts';

/** So many errors that nobody caught, within this time, and the program is no longer trusted. */
const MOST_FAULTS = 3;
const WINDOW_MS = 60_000;

type FaultWatchPorts = {
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly log: Log;
  /** Keeps it for the next start. */
  readonly keep: (error: unknown) => void;
  /**
   * What this desk says to others is stopped, for nobody knows whether the gate is where it should be,
   * and the person is told.
   */
  readonly onFault: () => void;
  /** Ends the app in order: calls are handed back or hung up. */
  readonly onGiveUp: () => void;
};

/** Takes errors that nobody caught. */
export type FaultWatch = {
  /** An exception: whatever threw it did not finish. */
  readonly exception: (error: unknown) => void;
  /** A promise that failed with nobody waiting for it: what asked for it has long gone on. */
  readonly rejection: (error: unknown) => void;
};

/**
 * Decides what becomes of a run after an error nobody foresaw. Calls go on, for those who talk are
 * worse off with a dead line; but this desk's voice is taken back, and a program that fails again and
 * again ends in order while it still can.
 */
export function createFaultWatch(ports: FaultWatchPorts): FaultWatch {
  const { clock, log } = ports;
  let times: readonly number[] = [];
  let gaveUp = false;
  /** What fails here would end the process at once, with every call on it. */
  const attempt = (act: () => void): void => {
    try {
      act();
    } catch {
      // The log may be what fails.
    }
  };
  return {
    exception: error => {
      attempt(() => log.error({ err: error }, 'an error nobody caught'));
      attempt(() => ports.keep(error));
      const now = clock.monotonic();
      times = [...times.filter(at => at > now - WINDOW_MS), now];
      if (gaveUp) return;
      attempt(ports.onFault);
      if (times.length < MOST_FAULTS) return;
      gaveUp = true;
      attempt(ports.onGiveUp);
    },
    rejection: error => {
      attempt(() => log.error({ err: error }, 'a promise failed and nobody waited for it'));
      attempt(() => ports.keep(error));
    },
  };
}
