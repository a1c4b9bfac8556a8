import type { EndedCall } from '../../electron/core/call.ts';
import { ask, consoleStore } from '../earshot.ts';
import { createStore } from './store.ts';

const RECENT_CALLS = 200;

/** The newest calls of the history, newest first. */
export const recentCalls = createStore<readonly EndedCall[]>([]);

/** Reads the history now and after each call that ends; returns how to stop. */
export function followHistory(): () => void {
  let seen = lastEnded();
  void readHistory();
  return consoleStore.subscribe(() => {
    const last = lastEnded();
    if (last === seen) return;
    seen = last;
    void readHistory();
  });
}

/** Reads the history again. What becomes of the recordings of calls of earlier runs is told nowhere else. */
export async function readHistory(): Promise<void> {
  const outcome = await ask({ command: 'history', limit: RECENT_CALLS });
  if (outcome.ok) recentCalls.set(endedCalls(outcome.calls));
}

function lastEnded(): string | undefined {
  return endedCalls(consoleStore.get().calls)[0]?.id;
}

function endedCalls(calls: ReturnType<typeof consoleStore.get>['calls']): EndedCall[] {
  return calls.filter(call => call.status === 'ended').sort((a, b) => b.endedAt - a.endedAt);
}
