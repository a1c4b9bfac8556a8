import { FirstRun } from '../first-run/first-run.tsx';
import { showsFirstRun } from '../first-run/steps.ts';
import { usePlace } from '../state/navigation.ts';
import { recentCalls } from '../state/recent-calls.ts';
import { useConsole } from '../state/use-console.ts';
import { useStore } from '../state/use-store.ts';
import { AccountCallPanel } from '../supervision/account-call-panel.tsx';
import { CallList } from './call-list.tsx';
import { CallPanel } from './call-panel.tsx';
import { IdlePanel } from './idle-panel.tsx';

/** The calls of now: the list, and the call on screen or what to do without one: first the first steps. */
export function CallsView() {
  const callId = usePlace(place => place.callId);
  const standing = useConsole(state => state.calls.find(({ id }) => id === callId));
  const past = useStore(recentCalls, calls => calls.find(({ id }) => id === callId));
  const first = useConsole(showsFirstRun);
  const call = standing ?? past;
  const sid = usePlace(place => place.accountCallSid);
  const unheard = useConsole(state => state.accountCalls.find(known => known.sid === sid));
  const Empty = first ? FirstRun : IdlePanel;
  return (
    <>
      <CallList />
      {call !== undefined ? (
        <CallPanel key={call.id} call={call} />
      ) : unheard !== undefined ? (
        <AccountCallPanel key={unheard.sid} call={unheard} />
      ) : (
        <Empty />
      )}
    </>
  );
}
