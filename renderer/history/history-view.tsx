import { findCall } from '../../electron/core/state.ts';
import { CallHeader } from '../calls/call-header.tsx';
import { CallSide } from '../calls/call-side.tsx';
import { EndedCallBody } from '../calls/ended-call-body.tsx';
import { TodayPane } from '../calls/today-pane.tsx';
import { PlayerBar } from '../replay/player-bar.tsx';
import { usePlace } from '../state/navigation.ts';
import { useConsole } from '../state/use-console.ts';
import { AuditView } from './audit-view.tsx';
import { EmptyHistory } from './empty-history.tsx';
import { FilterBar, FilterChips } from './filter-bar.tsx';
import { countWords } from './found-words.ts';
import { HistoryField } from './history-field.tsx';
import { HistoryParts } from './history-parts.tsx';
import { HitRows } from './hit-rows.tsx';
import { useSearch } from './use-search.ts';

/** Calls that are over: a list to search, by what was said as well, and one of them to hear again. */
export function HistoryView() {
  const part = usePlace(place => place.historyPart);
  const found = useSearch();
  const hits = found?.result.hits ?? [];
  const chosenId = usePlace(place => place.historyId);
  const past = (hits.find(({ call }) => call.id === chosenId) ?? hits[0])?.call;
  const known = useConsole(state => findCall(state, past?.id ?? null));
  const chosen = known?.status === 'ended' ? known : past;
  return (
    <>
      <section className="list" aria-label="History" data-pane="list">
        <HistoryParts />
        <HistoryField />
        <FilterChips />
        <p className="list-count" role="status">
          {found === null ? '' : countWords(found.result)}
        </p>
        <div className="rows" role="listbox" aria-label="Past calls" data-list="history">
          {hits.map(hit => (
            <HitRows
              key={hit.call.id}
              hit={hit}
              query={found?.search.query ?? ''}
              chosen={part === 'calls' && hit.call.id === chosen?.id}
              stop={hit.call.id === chosen?.id}
            />
          ))}
        </div>
        <FilterBar ours={found?.result.ours ?? []} />
      </section>
      {part === 'audit' ? (
        <AuditView />
      ) : chosen === undefined ? (
        <EmptyHistory search={found?.search ?? null} instead={found?.result.instead ?? null} />
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
