import { FirstRun } from '../first-run/first-run.tsx';
import { showsFirstRun } from '../first-run/steps.ts';
import { usePlace } from '../state/navigation.ts';
import { recentCalls } from '../state/recent-calls.ts';
import { useConsole } from '../state/use-console.ts';
import { useStore } from '../state/use-store.ts';
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
  const Empty = first ? FirstRun : IdlePanel;
  return (
    <>
      <CallList />
      {call === undefined ? <Empty /> : <CallPanel key={call.id} call={call} />}
    </>
  );
}
