import type { Cancel, Clock } from '../core/clock.ts';

/**
 * How long after each crash the page is loaded again: soon after the first, later after each that
 * follows it within the minute, for a page that crashes while it loads would do nothing else.
 */
const PAUSES_MS = [100, 500, 2000, 8000] as const;

/** So many crashes within this time, and the page is not loaded again by itself. */
const MOST_CRASHES = 5;
const WINDOW_MS = 60_000;

type WindowCrashPorts = {
  readonly clock: Pick<Clock, 'monotonic' | 'after'>;
  /** Loads the page again. */
  readonly reload: () => void;
  /** The page crashes whatever is done: the person decides. */
  readonly onGiveUp: () => void;
};

/** When a page that crashed comes back. */
type WindowCrash = {
  /** What draws the page ended by itself. */
  readonly gone: () => void;
  /** The person asks for the page: whatever was before is forgotten. */
  readonly again: () => void;
};

/** Brings a crashed page back, later each time, and not for ever. */
export function createWindowCrash(ports: WindowCrashPorts): WindowCrash {
  const { clock } = ports;
  let crashes: readonly number[] = [];
  let gaveUp = false;
  let cancel: Cancel = () => {};
  return {
    gone: () => {
      if (gaveUp) return;
      cancel();
      const now = clock.monotonic();
      crashes = [...crashes.filter(at => at > now - WINDOW_MS), now];
      const pauseMs = PAUSES_MS[crashes.length - 1];
      if (crashes.length < MOST_CRASHES && pauseMs !== undefined) {
        cancel = clock.after(pauseMs, ports.reload);
        return;
      }
      gaveUp = true;
      ports.onGiveUp();
    },
    again: () => {
      cancel();
      crashes = [];
      gaveUp = false;
      ports.reload();
    },
  };
}
