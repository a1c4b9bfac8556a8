import { useEffect } from 'react';
import type { CallId } from '../../electron/core/call.ts';
import type { Problem } from '../../electron/core/problem.ts';
import type { Marker, Recording } from '../../electron/core/recording.ts';
import { ask } from '../earshot.ts';
import { readHistory } from '../state/recent-calls.ts';
import { createStore } from '../state/store.ts';
import { useStore } from '../state/use-store.ts';

/** What is known of a call's recordings, and what happened on it. */
export type ToldRecordings = {
  readonly recordings: readonly Recording[];
  readonly markers: readonly Marker[];
  /** Why nothing could be told; null when it could. */
  readonly problem: Problem | null;
};

const NOTHING: ToldRecordings = { recordings: [], markers: [], problem: null };
const CALLS_KEPT = 16;

const told = createStore<ReadonlyMap<CallId, ToldRecordings>>(new Map());

/** Asks again what is known of a call's recordings; when it is news, the history knows it, too. */
export async function askRecordings(callId: CallId): Promise<void> {
  const outcome = await ask({ command: 'recordings', callId });
  const before = told.get().get(callId);
  const { recordings, markers } = outcome.ok ? outcome : (before ?? NOTHING);
  if (before !== undefined && statuses(before) !== statuses({ recordings })) void readHistory();
  const others = [...told.get()].filter(([id]) => id !== callId).slice(1 - CALLS_KEPT);
  const problem = outcome.ok ? null : outcome.problem;
  told.set(new Map([...others, [callId, { recordings, markers, problem }]]));
}

/**
 * What is known of a call's recordings; null until the first answer.
 * @param anew asked again whenever this changes @param everyMs asked again this often; null never
 */
export function useRecordings(
  callId: CallId,
  anew: unknown,
  everyMs: number | null = null,
): ToldRecordings | null {
  // biome-ignore lint/correctness/useExhaustiveDependencies: asks again when `anew` changes
  useEffect(() => {
    void askRecordings(callId);
    if (everyMs === null) return;
    const timer = setInterval(() => void askRecordings(callId), everyMs);
    return () => clearInterval(timer);
  }, [callId, anew, everyMs]);
  return useStore(told, all => all.get(callId) ?? null);
}

function statuses({ recordings }: Pick<ToldRecordings, 'recordings'>): string {
  return recordings.map(({ id, status }) => `${id} ${status}`).join();
}
