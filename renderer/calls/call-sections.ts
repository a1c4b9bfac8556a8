import type {
  Call,
  DialingCall,
  EndedCall,
  LiveCall,
  RingingCall,
  WaitingCall,
} from '../../electron/core/call.ts';
import { isMissed } from '../words/ending.ts';

/** The call list, each section in the order its calls began; past calls newest first. */
export type CallSections = {
  readonly ringing: readonly RingingCall[];
  /** In the hold queue until somebody here answers, the longest wait first. */
  readonly waiting: readonly WaitingCall[];
  /** Live, and those being dialled from here. */
  readonly live: readonly (DialingCall | RingingCall | LiveCall)[];
  readonly held: readonly LiveCall[];
  readonly ended: readonly EndedCall[];
  readonly missed: readonly EndedCall[];
  readonly earlier: readonly EndedCall[];
};

/** How long an ended call stays among the calls of now. */
const ENDED_FOR_MS = 10_000;

const MISSED_FOR_MS = 7 * 86_400_000;
const EARLIER_SHOWN = 50;

/** Sorts the calls of this run and of the history into the sections of the list. */
export function groupCalls(
  calls: readonly Call[],
  history: readonly EndedCall[],
  now: number,
): CallSections {
  const standing = [...calls].sort((a, b) => a.startedAt - b.startedAt);
  const ended = standing.filter(
    call => call.status === 'ended' && !isMissed(call) && now - call.endedAt < ENDED_FOR_MS,
  ) as EndedCall[];
  const past = pastCalls(calls, history).filter(call => !ended.includes(call));
  const missed = past.filter(call => isOpenMiss(call, past, now));
  return {
    ringing: standing.filter(isRingingHere),
    waiting: standing.filter(isWaiting).sort((a, b) => a.waitingAt - b.waitingAt),
    live: standing.filter(
      call => call.status !== 'ended' && !isToAnswer(call) && !isHeld(call),
    ) as CallSections['live'],
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
