import { useMemo } from 'react';
import { useClock } from '../state/clock.ts';
import { usePlace } from '../state/navigation.ts';
import { recentCalls } from '../state/recent-calls.ts';
import { useConsole } from '../state/use-console.ts';
import { useStore } from '../state/use-store.ts';
import { AccountCallRow } from './account-call-row.tsx';
import { CallRow } from './call-row.tsx';
import { type CallSections, groupCalls, isOfAccount } from './call-sections.ts';
import { QueuedCard } from './queued-card.tsx';
import { RingCard } from './ring-card.tsx';
import { RowSection } from './row-section.tsx';
import { WaitingCard } from './waiting-card.tsx';

/** What the list is to assistive technology; an empty one is no listbox, which must have options. */
const LISTBOX = { role: 'listbox', 'aria-label': 'Calls' } as const;

/** The list of calls: ringing and waiting on top, then live, on hold, just ended, missed and earlier ones. */
export function CallList() {
  const calls = useConsole(state => state.calls);
  const accountCalls = useConsole(state => state.accountCalls);
  const history = useStore(recentCalls, past => past);
  const chosen = usePlace(place => place.callId ?? place.accountCallSid);
  const now = useClock();
  const sections = useMemo(
    () => groupCalls(calls, history, now, accountCalls),
    [calls, history, now, accountCalls],
  );
  const { ringing, waiting, live, held, ended, missed, earlier } = sections;
  const rows = [...live, ...held, ...ended, ...missed, ...earlier];
  const [top] = rows;
  const first = top === undefined ? undefined : nameOf(top);
  const stop = rows.some(call => nameOf(call) === chosen) ? chosen : first;
  const row = (call: (typeof rows)[number]) => {
    const name = nameOf(call);
    const shared = { chosen: name === chosen, stop: name === stop };
    return isOfAccount(call) ? (
      <AccountCallRow key={name} call={call} {...shared} />
    ) : (
      <CallRow key={name} call={call} {...shared} />
    );
  };
  return (
    <section className="list" aria-label="Call list" data-pane="list">
      {ringing.length === 0 ? null : (
        <div className="rings">
          {ringing.map(call => (
            <RingCard key={call.id} call={call} chosen={call.id === chosen} />
          ))}
        </div>
      )}
      {waiting.length === 0 ? null : (
        <section className="waiting" aria-label="Waiting">
          <div className="row-section-head">
            <span>Waiting</span>
            <span className="count">{waiting.length}</span>
          </div>
          {waiting.map(call =>
            isOfAccount(call) ? (
              <QueuedCard key={call.sid} call={call} chosen={call.sid === chosen} />
            ) : (
              <WaitingCard key={call.id} call={call} chosen={call.id === chosen} />
            ),
          )}
        </section>
      )}
      <div className="rows" data-list="calls" {...(rows.length > 0 ? LISTBOX : {})}>
        <RowSection title="Live" count={live.length} empty="no live calls">
          {live.map(row)}
        </RowSection>
        {held.length === 0 ? null : (
          <RowSection title="On hold" count={held.length}>
            {held.map(row)}
          </RowSection>
        )}
        {ended.length === 0 ? null : (
          <RowSection title="Ended" count={ended.length}>
            {ended.map(row)}
          </RowSection>
        )}
        {missed.length === 0 ? null : (
          <RowSection title="Missed" count={missed.length}>
            {missed.map(row)}
          </RowSection>
        )}
        {earlier.length === 0 ? null : <RowSection title="Earlier">{earlier.map(row)}</RowSection>}
      </div>
    </section>
  );
}

/** What a row is known by: this desk's name of the call, or Twilio's. */
function nameOf(call: CallSections['live'][number] | CallSections['ended'][number]): string {
  return isOfAccount(call) ? call.sid : call.id;
}
