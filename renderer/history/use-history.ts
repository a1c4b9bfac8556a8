import { useEffect, useState } from 'react';
import type { EndedCall } from '../../electron/core/call.ts';
import { ask } from '../earshot.ts';
import { recentCalls } from '../state/recent-calls.ts';
import { addRefusal } from '../state/refusals.ts';
import { useStore } from '../state/use-store.ts';

const SHOWN_CALLS = 500;

/** Past calls that match a query, newest first; null until the first answer. */
export function useHistory(query: string): readonly EndedCall[] | null {
  const [found, setFound] = useState<readonly EndedCall[] | null>(null);
  const recent = useStore(recentCalls, calls => calls);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asks again when a call has ended
  useEffect(() => {
    let current = true;
    void ask({ command: 'history', query, limit: SHOWN_CALLS }).then(outcome => {
      if (!current) return;
      if (!outcome.ok) return addRefusal(outcome.problem);
      const ended = outcome.calls.filter(call => call.status === 'ended');
      setFound(ended.sort((a, b) => b.startedAt - a.startedAt));
    });
    return () => {
      current = false;
    };
  }, [query, recent]);
  return found;
}
