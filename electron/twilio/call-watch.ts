import type { CallId } from '../core/call.ts';
import type { Cancel, Clock } from '../core/clock.ts';
import { type Problem, ProblemError } from '../core/problem.ts';
import type { BookedCall } from './call-book.ts';
import type { CallProgress } from './call-progress.ts';
import { progressOf } from './call-status.ts';
import type { Rest } from './rest.ts';

/** How long a call may show no sign of life before Twilio is asked. */
const SILENCE_MS = 20_000;

/** How long a stream may be lost before Twilio is asked whether the call is over. */
const STREAM_GRACE_MS = 2000;

/** How often Twilio is asked about a call that it cannot tell anything about by itself. */
const POLL_MS = 2000;

/** The longest pause between two questions about one call. */
const LONGEST_PAUSE_MS = 60_000;

/** So often Twilio may not know a call before it is over: a call that was just made may be unknown. */
const UNKNOWN_LIMIT = 3;

/**
 * So often nobody can be asked about a call before it is over. A call that goes on shows itself
 * sooner: the longest document, which listens, takes five minutes; seven pauses take six.
 */
const UNASKABLE_LIMIT = 7;

/** What watching calls needs of the rest. */
type WatchPorts = {
  readonly clock: Clock;
  readonly rest: Pick<Rest, 'fetch'>;
  readonly progress: () => CallProgress;
  /** Ends a call whose longest time is over. */
  readonly onTimeOver: (call: BookedCall) => void;
};

/** The safety net: asks Twilio about calls that may be over, or may have gone on, unnoticed. */
export type CallWatch = {
  /** The call showed a sign of life. */
  readonly seen: (call: BookedCall) => void;
  /** It may not exist: unless it shows a sign of life within so many ms, it is over. */
  readonly doubt: (call: BookedCall, limitMs: number) => void;
  /** Its last stream was lost. */
  readonly streamLost: (call: BookedCall) => void;
  /** It was answered: its longest time begins. */
  readonly limit: (call: BookedCall) => void;
  readonly forget: (call: BookedCall) => void;
  readonly close: () => void;
};

type Watched = {
  readonly call: BookedCall;
  cancelCheck: Cancel;
  cancelLimit: Cancel;
  pauseMs: number;
  unknown: number;
};

/** The kind of problem an error stands for; null for a fault of ours. */
export function problemKind(error: unknown): Problem['kind'] | null {
  return error instanceof ProblemError ? error.problem.kind : null;
}

/** Builds an empty watch. */
export function createCallWatch({ clock, rest, progress, onTimeOver }: WatchPorts): CallWatch {
  const watched = new Map<CallId, Watched>();

  const entryOf = (call: BookedCall): Watched => {
    const known = watched.get(call.id);
    if (known !== undefined) return known;
    const entry = {
      call,
      cancelCheck: () => {},
      cancelLimit: () => {},
      pauseMs: firstPause(call),
      unknown: 0,
    };
    watched.set(call.id, entry);
    return entry;
  };

  const checkAfter = (entry: Watched, delayMs: number): void => {
    entry.cancelCheck();
    entry.cancelCheck = clock.after(delayMs, () => void check(entry));
  };

  const check = async (entry: Watched): Promise<void> => {
    const { call } = entry;
    const found = await ask(call);
    if (watched.get(call.id) !== entry || call.streams.size > 0) return;
    if (found === 'unknown' || found === 'cannot-ask') entry.unknown += 1;
    else if (found !== 'unreachable') {
      entry.unknown = 0;
      progress().answeredBy(call, found.answeredBy ?? '');
      progress().status(call, found.status);
    }
    if (found === 'unknown' && entry.unknown >= UNKNOWN_LIMIT) progress().end(call, 'failed');
    if (found === 'cannot-ask' && entry.unknown >= UNASKABLE_LIMIT) {
      const given = call.endedHere ? 'canceled' : 'failed';
      progress().status(call, call.progress === 'answered' ? 'completed' : given);
    }
    if (watched.get(call.id) !== entry) return;
    const keepsPace = call.isPolled && typeof found === 'object';
    entry.pauseMs = keepsPace ? POLL_MS : Math.min(entry.pauseMs * 2, LONGEST_PAUSE_MS);
    checkAfter(entry, entry.pauseMs);
  };

  const ask = async ({ sid }: BookedCall) => {
    if (sid === null) return 'cannot-ask' as const;
    try {
      const found = await rest.fetch(sid);
      if (found === null) return 'unknown' as const;
      // A word Twilio does not use tells as little as no answer.
      return progressOf(found.status) === null ? ('unreachable' as const) : found;
    } catch (error) {
      return problemKind(error) === 'not-available' ? 'cannot-ask' : 'unreachable';
    }
  };

  return {
    seen: call => {
      if (call.progress === 'ended') return;
      const entry = entryOf(call);
      entry.unknown = 0;
      entry.pauseMs = firstPause(call);
      if (call.streams.size > 0) entry.cancelCheck();
      else checkAfter(entry, entry.pauseMs);
    },
    doubt: (call, limitMs) => {
      const entry = entryOf(call);
      entry.cancelCheck();
      entry.cancelCheck = clock.after(limitMs, () => {
        if (call.isDoubtful) progress().end(call, 'failed');
        else void check(entry);
      });
    },
    streamLost: call => {
      const entry = entryOf(call);
      entry.pauseMs = STREAM_GRACE_MS;
      checkAfter(entry, entry.pauseMs);
    },
    limit: call => {
      if (call.endsBy === null) return;
      const entry = entryOf(call);
      const leftMs = Math.max(0, call.endsBy - clock.now());
      entry.cancelLimit = clock.after(leftMs, () => onTimeOver(call));
    },
    forget: ({ id }) => {
      const entry = watched.get(id);
      entry?.cancelCheck();
      entry?.cancelLimit();
      watched.delete(id);
    },
    close: () => {
      for (const { cancelCheck, cancelLimit } of watched.values()) {
        cancelCheck();
        cancelLimit();
      }
      watched.clear();
    },
  };
}

function firstPause({ isPolled }: BookedCall): number {
  return isPolled ? POLL_MS : SILENCE_MS;
}
