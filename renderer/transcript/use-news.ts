import type { EndedCall, LiveCall } from '../../electron/core/call.ts';
import { useRecordings } from '../replay/recordings-of.ts';

/** How often it is asked what happened on a call whose sound, and so whose lanes, are not here, in ms. */
const MARKERS_EVERY_MS = 2000;

/** Changes with everything that may stand among the words of a call beside what is said. */
export function useNews(call: LiveCall | EndedCall): string {
  const isSilent = call.status === 'live' && (call.carrier === 'gather' || call.kind === 'notify');
  const told = useRecordings(call.id, call.status, isSilent ? MARKERS_EVERY_MS : null);
  const attention =
    call.status === 'live' ? call.attention.map(({ kind, since }) => `${kind} ${since}`) : [];
  return [call.status, told?.markers.length ?? 0, ...attention].join();
}
