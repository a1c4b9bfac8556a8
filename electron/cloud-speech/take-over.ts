import type { Cancel, Clock } from '../core/clock.ts';
import type { ServiceLink } from './service-link.ts';
import type { Fault } from './speech-service.ts';

/** So long before a connection's last moment the next one is opened, in ms, at the earliest. */
const AHEAD_MS = 300_000;

/** So long before its last moment it is left, in ms, even if somebody talks. */
const MARGIN_MS = 60_000;

/** How long a connection that was left may take to tell the last words, in ms. */
const REST_MS = 10_000;

/** When the next one did not come, it is tried again after so long, in ms. */
const AGAIN_MS = 10_000;

/** How one connection takes over from another that may not last longer. */
type TakeOver = {
  /** A connection ends by itself then, in ms from now. */
  readonly plan: (link: ServiceLink, afterMs: number) => void;
  /** A connection listens. @returns whether it is the next one, and waits for its turn */
  readonly ready: (link: ServiceLink) => boolean;
  /** Nobody talks now. */
  readonly pause: () => void;
  /** A connection is gone. @returns the next one, if that was the present one and a next one was opened */
  readonly gone: (link: ServiceLink) => ServiceLink | null;
  /** Whether a connection that was left has still to tell something. */
  readonly isResting: () => boolean;
  readonly end: () => void;
};

/** What a take-over needs of its session. */
type TakeOverPorts = {
  readonly open: () => ServiceLink | Fault;
  /** Whether a change would part no word. */
  readonly isQuiet: () => boolean;
  /** The next one is the present one from now on. */
  readonly onTaken: (next: ServiceLink) => void;
  /** A connection that was left did not tell the rest in time. */
  readonly onGivenUp: (link: ServiceLink) => void;
};

/** Lets connections follow each other: the new one gets what is said from then on, the old one tells the rest. */
export function createTakeOver(clock: Clock, ports: TakeOverPorts): TakeOver {
  /** When connections end by themselves, on the monotonic clock. */
  const ends = new WeakMap<ServiceLink, number>();
  const resting = new Map<ServiceLink, Cancel>();
  let present: ServiceLink | null = null;
  let next: ServiceLink | null = null;
  let cancelStart: Cancel = () => {};
  let cancelLatest: Cancel = () => {};
  let isLate = false;

  const forget = (): void => {
    cancelStart();
    cancelLatest();
    isLate = false;
    present = null;
    next = null;
  };
  const start = (): void => {
    const link = ports.open();
    if ('problem' in link) cancelStart = clock.after(AGAIN_MS, start);
    else next = link;
  };
  const follow = (link: ServiceLink): void => {
    forget();
    const endMs = ends.get(link);
    if (endMs === undefined) return;
    present = link;
    const afterMs = Math.max(0, endMs - clock.monotonic());
    cancelStart = clock.after(Math.max(afterMs - AHEAD_MS, afterMs / 2), start);
    cancelLatest = clock.after(Math.max(afterMs - MARGIN_MS, afterMs * 0.8), () => {
      isLate = true;
      take();
    });
  };
  const rest = (link: ServiceLink): void => {
    const cancel = clock.after(REST_MS, () => {
      resting.delete(link);
      link.end();
      ports.onGivenUp(link);
    });
    resting.set(link, cancel);
    link.finish();
  };
  const take = (): void => {
    const [old, link] = [present, next];
    if (old === null || link === null || !link.isReady()) return;
    if (!isLate && !ports.isQuiet()) return;
    follow(link);
    ports.onTaken(link);
    rest(old);
  };

  return {
    plan: (link, afterMs) => {
      ends.set(link, clock.monotonic() + afterMs);
      if (link !== next) follow(link);
    },
    ready: link => {
      if (link !== next) return false;
      take();
      return true;
    },
    pause: take,
    gone: link => {
      resting.get(link)?.();
      resting.delete(link);
      if (link === next) {
        next = null;
        cancelStart = clock.after(AGAIN_MS, start);
        return null;
      }
      if (link !== present) return null;
      const heir = next;
      if (heir === null) forget();
      else follow(heir);
      return heir;
    },
    isResting: () => resting.size > 0,
    end: () => {
      next?.end();
      forget();
      for (const [link, cancel] of resting) {
        cancel();
        link.end();
      }
      resting.clear();
    },
  };
}
