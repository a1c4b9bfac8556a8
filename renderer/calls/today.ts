import type { EndedCall } from '../../electron/core/call.ts';
import { talkTimeMs } from '../../electron/core/call.ts';
import { isMissed } from '../words/ending.ts';

/** The day so far in numbers. */
export type Today = {
  readonly answered: number;
  readonly made: number;
  readonly missed: number;
  readonly talkMs: number;
  readonly longestWaitMs: number;
};

/** Counts the calls that began on the day of `now`, in the computer's own time zone. */
export function today(past: readonly EndedCall[], now: number): Today {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const calls = past.filter(call => call.startedAt >= midnight);
  const inbound = calls.filter(call => call.direction === 'inbound');
  const waits = inbound.map(call => (call.answeredAt ?? call.endedAt) - call.startedAt);
  return {
    answered: inbound.filter(call => call.answeredAt !== null).length,
    made: calls.length - inbound.length,
    missed: inbound.filter(isMissed).length,
    talkMs: calls.reduce((sum, call) => sum + talkTimeMs(call, now), 0),
    longestWaitMs: Math.max(0, ...waits),
  };
}
