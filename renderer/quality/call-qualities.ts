import type { Call, CallId } from '../../electron/core/call.ts';
import type { CallQuality } from '../../electron/core/quality.ts';
import { onSignals } from '../earshot.ts';
import { createStore } from '../state/store.ts';
import { useStore } from '../state/use-store.ts';

const qualities = createStore<ReadonlyMap<CallId, CallQuality>>(new Map());

/** Follows how the sound of live calls goes; returns how to stop. */
export function followQualities(): () => void {
  return onSignals(signals => {
    if (signals.qualities.length === 0) return;
    qualities.set(new Map(signals.qualities.map(({ callId, quality }) => [callId, quality])));
  });
}

/** How the sound of a call goes, or went; null while it is not known or there was none. */
export function useQuality(call: Call): CallQuality | null {
  const measured = useStore(qualities, all => all.get(call.id) ?? null);
  return call.status === 'ended' ? call.quality : call.status === 'live' ? measured : null;
}
