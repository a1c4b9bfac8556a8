import { useDeferredValue, useMemo, useState } from 'react';
import type { AuditEntry } from '../../electron/core/audit.ts';
import { findCall } from '../../electron/core/state.ts';
import { PickMenu } from '../controls/pick-menu.tsx';
import { consoleStore } from '../earshot.ts';
import { showCall, showPastCall } from '../state/navigation.ts';
import { fullName } from '../words/names.ts';
import { formatMoment } from '../words/times.ts';
import { AuditExport } from './audit-export.tsx';
import { auditDay, auditTime } from './audit-times.ts';
import { auditWords, isAuditFound } from './audit-words.ts';
import { useAudit } from './use-audit.ts';

/** What stands for no person in the menu; a desk's name is never empty. */
const EVERYBODY = '';

/** Who heard, spoke to or changed calls of others: everything, newest first, to filter and to export. */
export function AuditView() {
  const entries = useAudit(null);
  const [text, setText] = useState('');
  const [by, setBy] = useState(EVERYBODY);
  const [callId, setCallId] = useState<string | null>(null);
  const filter = useDeferredValue(text);
  const people = useMemo(() => [...new Set(entries?.map(entry => entry.by))].sort(), [entries]);
  const found = useMemo(
    () =>
      (entries ?? []).filter(
        entry =>
          (by === EVERYBODY || entry.by === by) &&
          (callId === null || entry.callId === callId) &&
          isAuditFound(entry, filter),
      ),
    [entries, by, callId, filter],
  );
  const about = found[0];
  return (
    <main className="panel audit" data-pane="audit">
      <header className="audit-head">
        <h1>Audit</h1>
        <input
          className="field"
          type="search"
          aria-label="Filter the audit"
          placeholder="Call, person or act"
          value={text}
          onChange={event => setText(event.currentTarget.value)}
        />
        <PickMenu
          label="By"
          value={by}
          options={[[EVERYBODY, 'Everybody'], ...people.map(person => [person, person] as const)]}
          onChange={setBy}
        />
        <AuditExport />
      </header>
      <p className="list-count" role="status">
        {entries === null ? '' : found.length === 1 ? '1 entry' : `${found.length} entries`}
        {callId === null ? null : (
          <button type="button" className="button small" onClick={() => setCallId(null)}>
            Only the call with {about === undefined ? 'one person' : fullName(about.them)} ×
          </button>
        )}
      </p>
      {entries !== null && found.length === 0 ? (
        <p className="audit-empty">
          {entries.length === 0
            ? 'Nobody has listened to a call of others yet. Who does, and who speaks to whom, is kept here.'
            : 'Nothing in the audit fits this filter.'}
        </p>
      ) : (
        <AuditList entries={found} onCall={setCallId} />
      )}
    </main>
  );
}

type AuditListProps = {
  readonly entries: readonly AuditEntry[];
  /** Leaves only the entries of one call. */
  readonly onCall: (callId: string) => void;
};

function AuditList({ entries, onCall }: AuditListProps) {
  const now = Date.now();
  return (
    <ul className="audit-list" aria-label="Audit">
      {entries.map((entry, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries have no name of their own
        <li key={`${entry.at} ${entry.callId} ${entry.action} ${index}`}>
          <time title={formatMoment(entry.at)}>
            {auditDay(entry.at, now)} {auditTime(entry.at)}
          </time>
          <span className="pick">
            <strong>{entry.by}</strong> {auditWords(entry)}
          </span>
          <span className="second cut">call with {fullName(entry.them)}</span>
          <span className="audit-acts">
            <button type="button" className="button small" onClick={() => onCall(entry.callId)}>
              Only this call
            </button>
            <button type="button" className="button small" onClick={() => showEither(entry.callId)}>
              Show call
            </button>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Shows a call where it is: among the live ones, or in the history. */
function showEither(callId: string): void {
  const known = findCall(consoleStore.get(), callId);
  if (known === undefined || known.status === 'ended') showPastCall(callId);
  else showCall(callId);
}
