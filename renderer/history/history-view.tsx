import { useDeferredValue, useState } from 'react';
import { findCall } from '../../electron/core/state.ts';
import { CallHeader } from '../calls/call-header.tsx';
import { CallRow } from '../calls/call-row.tsx';
import { CallSide } from '../calls/call-side.tsx';
import { EndedCallBody } from '../calls/ended-call-body.tsx';
import { TodayPane } from '../calls/today-pane.tsx';
import { SearchField } from '../controls/search-field.tsx';
import { PlayerBar } from '../replay/player-bar.tsx';
import { showPastCall, usePlace } from '../state/navigation.ts';
import { useConsole } from '../state/use-console.ts';
import { AuditView } from './audit-view.tsx';
import { HistoryParts } from './history-parts.tsx';
import { useHistory } from './use-history.ts';

/** Calls that are over: a list to search, and one of them to hear again. */
export function HistoryView() {
  const part = usePlace(place => place.historyPart);
  const [query, setQuery] = useState('');
  const asked = useDeferredValue(query.trim());
  const calls = useHistory(asked);
  const chosenId = usePlace(place => place.historyId);
  const past = calls?.find(call => call.id === chosenId) ?? calls?.[0];
  const known = useConsole(state => findCall(state, past?.id ?? null));
  const chosen = known?.status === 'ended' ? known : past;
  return (
    <>
      <section className="list" aria-label="History" data-pane="list">
        <HistoryParts />
        <SearchField
          label="Search the history"
          hint="Name or number"
          value={query}
          onChange={setQuery}
        />
        <p className="list-count" role="status">
          {calls === null ? '' : calls.length === 1 ? '1 call' : `${calls.length} calls`}
        </p>
        <div className="rows" role="listbox" aria-label="Past calls" data-list="history">
          {calls?.map(call => (
            <CallRow
              key={call.id}
              call={call}
              chosen={part === 'calls' && call.id === chosen?.id}
              stop={call.id === chosen?.id}
              onOpen={showPastCall}
            />
          ))}
        </div>
      </section>
      {part === 'audit' ? (
        <AuditView />
      ) : chosen === undefined ? (
        <EmptyHistory query={asked} loading={calls === null} />
      ) : (
        <main className="panel" data-call={chosen.id} data-status="ended">
          <article className="call" aria-label="Past call" data-pane="call">
            <CallHeader call={chosen} />
            <EndedCallBody call={chosen} />
          </article>
          <CallSide call={chosen} />
          <TodayPane />
          <PlayerBar call={chosen} />
        </main>
      )}
    </>
  );
}

type EmptyHistoryProps = { readonly query: string; readonly loading: boolean };

function EmptyHistory({ query, loading }: EmptyHistoryProps) {
  return (
    <main className="panel">
      <section className="idle" aria-label="No past call">
        {loading ? null : (
          <>
            <h1>{query === '' ? 'No calls yet' : 'Nothing found'}</h1>
            <p className="idle-says">
              {query === ''
                ? 'Calls you take or hear are kept here with sound and transcript.'
                : `No call has “${query}” in its name or number.`}
            </p>
          </>
        )}
      </section>
    </main>
  );
}
