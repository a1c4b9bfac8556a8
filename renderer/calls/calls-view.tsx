import { usePlace } from '../state/navigation.ts';
import { recentCalls } from '../state/recent-calls.ts';
import { useConsole } from '../state/use-console.ts';
import { useStore } from '../state/use-store.ts';
import { CallList } from './call-list.tsx';
import { CallPanel } from './call-panel.tsx';
import { IdlePanel } from './idle-panel.tsx';

/** The calls of now: the list, and the call on screen or what to do without one. */
export function CallsView() {
  const callId = usePlace(place => place.callId);
  const standing = useConsole(state => state.calls.find(({ id }) => id === callId));
  const past = useStore(recentCalls, calls => calls.find(({ id }) => id === callId));
  const call = standing ?? past;
  return (
    <>
      <CallList />
      {call === undefined ? <IdlePanel /> : <CallPanel key={call.id} call={call} />}
    </>
  );
}
