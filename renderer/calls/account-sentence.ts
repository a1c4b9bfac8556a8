import type { ConsoleState } from '../../electron/core/state.ts';
import { unfollowed } from '../wall/wall-call.ts';

/** What goes on on the account beside this desk's calls; null when nothing does. */
export function accountSentence(state: ConsoleState): string | null {
  const others = unfollowed(state);
  const waiting = others.filter(call => call.waiting !== null).length;
  const live = others.length - waiting;
  const parts = [
    live === 0 ? null : `${live} live ${live === 1 ? 'call' : 'calls'} of others on this account`,
    waiting === 0 ? null : `${waiting} waiting in a queue`,
  ].filter(part => part !== null);
  return parts.length === 0 ? null : `${parts.join(', ')}.`;
}
