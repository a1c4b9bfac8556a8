import type {
  Call,
  DialingCall,
  EndedCall,
  LiveCall,
  RingingCall,
  WaitingCall,
} from '../../electron/core/call.ts';
import type { AccountCall } from '../../electron/core/room.ts';
import { unfollowed } from '../wall/wall-call.ts';
import { isMissed } from '../words/ending.ts';

/** The call list, each section in the order its calls began; past calls newest first. */
export type CallSections = {
  readonly ringing: readonly RingingCall[];
  /** In the hold queue until somebody here answers, or in a queue of the account: the longest wait first. */
  readonly waiting: readonly (WaitingCall | AccountCall)[];
  /** Live, and those being dialled from here; with them the calls of the account this desk does not follow. */
  readonly live: readonly (DialingCall | RingingCall | LiveCall | AccountCall)[];
  readonly held: readonly LiveCall[];
  readonly ended: readonly EndedCall[];
  readonly missed: readonly EndedCall[];
  readonly earlier: readonly EndedCall[];
};

/** How long an ended call stays among the calls of now. */
const ENDED_FOR_MS = 10_000;

const MISSED_FOR_MS = 7 * 86_400_000;
const EARLIER_SHOWN = 50;

/** Whether a call of the list is one of the account that this desk does not follow. */
export function isOfAccount(call: Call | AccountCall): call is AccountCall {
  return 'legs' in call;
}

/** Sorts the calls of this run, of the account and of the history into the sections of the list. */
export function groupCalls(
  calls: readonly Call[],
  history: readonly EndedCall[],
  now: number,
  accountCalls: readonly AccountCall[] = [],
): CallSections {
  const others = unfollowed({ calls, accountCalls });
  const standing = [...calls].sort((a, b) => a.startedAt - b.startedAt);
  const ended = standing.filter(
    (call): call is EndedCall =>
      call.status === 'ended' && !isMissed(call) && now - call.endedAt < ENDED_FOR_MS,
  );
  const past = pastCalls(calls, history).filter(call => !ended.includes(call));
  const missed = past.filter(call => isOpenMiss(call, past, now));
  return {
    ringing: standing.filter(isRingingHere),
    waiting: [...standing.filter(isWaiting), ...others.filter(call => call.waiting !== null)].sort(
      (a, b) => waitsSince(a) - waitsSince(b),
    ),
    live: [...standing.filter(isLive), ...others.filter(call => call.waiting === null)].sort(
      (a, b) => a.startedAt - b.startedAt,
    ),
    held: standing.filter(isHeld),
    ended,
    missed,
    earlier: past.filter(call => !missed.includes(call)).slice(0, EARLIER_SHOWN),
  };
}

/** The ended calls of this run and of the history, newest first, each once. */
export function pastCalls(calls: readonly Call[], history: readonly EndedCall[]): EndedCall[] {
  const byId = new Map<string, EndedCall>();
  for (const call of history) byId.set(call.id, call);
  for (const call of calls) if (call.status === 'ended') byId.set(call.id, call);
  return [...byId.values()].sort((a, b) => b.startedAt - a.startedAt);
}

/** Whether the call waits to be answered at this desk. */
export function isRingingHere(call: Call): call is RingingCall {
  return call.status === 'ringing' && call.direction === 'inbound';
}

/** Whether the call can be answered at this desk: it rings here or waits in the queue. */
export function isToAnswer(call: Call): call is RingingCall | WaitingCall {
  return isRingingHere(call) || isWaiting(call);
}

function isWaiting(call: Call): call is WaitingCall {
  return call.status === 'waiting';
}

function isLive(call: Call): call is DialingCall | RingingCall | LiveCall {
  return call.status !== 'ended' && !isToAnswer(call) && !isHeld(call);
}

function waitsSince(call: WaitingCall | AccountCall): number {
  return isOfAccount(call) ? (call.waiting?.since ?? call.startedAt) : call.waitingAt;
}

function isHeld(call: Call): call is LiveCall {
  return call.status === 'live' && call.heldAt !== null;
}

/** Missed within a week, and nobody spoke with that number since. */
function isOpenMiss(call: EndedCall, past: readonly EndedCall[], now: number): boolean {
  if (!isMissed(call) || now - call.endedAt > MISSED_FOR_MS) return false;
  return !past.some(
    later =>
      later.them.number === call.them.number &&
      later.startedAt > call.startedAt &&
      (later.answeredAt !== null || isMissed(later)),
  );
}
