import { useEffect, useState } from 'react';
import type { AuditEntry } from '../../electron/core/audit.ts';
import type { CallId } from '../../electron/core/call.ts';
import { ask } from '../earshot.ts';
import { recentCalls } from '../state/recent-calls.ts';
import { addRefusal } from '../state/refusals.ts';
import { useStore } from '../state/use-store.ts';

/** Entries shown at most; an export has all. */
const SHOWN_ENTRIES = 2000;

/** The audit, newest first, of one call or of all; null until the first answer. Read again after each call that ends. */
export function useAudit(callId: CallId | null): readonly AuditEntry[] | null {
  const [entries, setEntries] = useState<readonly AuditEntry[] | null>(null);
  const recent = useStore(recentCalls, calls => calls);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asks again when a call has ended
  useEffect(() => {
    let current = true;
    const about = callId === null ? {} : { callId };
    void ask({ command: 'audit', ...about, limit: SHOWN_ENTRIES }).then(outcome => {
      if (!current) return;
      if (!outcome.ok) return addRefusal(outcome.problem);
      setEntries([...outcome.entries].sort((a, b) => b.at - a.at));
    });
    return () => {
      current = false;
    };
  }, [callId, recent]);
  return entries;
}
