import { useEffect, useRef } from 'react';
import { consoleStore } from '../earshot.ts';
import { placeStore } from '../state/navigation.ts';
import { frontCall, maySelect } from './front-calls.ts';
import { choose } from './wall-acts.ts';
import type { WallPlaces } from './wall-places.ts';

/**
 * Brings calls that are to come to the front into sight, each once, and makes them the ones that keys mean.
 * They keep their places, and the focus stays where it is.
 * @param bring scrolls a place into sight
 */
export function useFrontCalls(places: WallPlaces, bring: (place: number) => void): void {
  const seen = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const calls = places.flatMap(place => (place?.endedAt === null ? [place.call] : []));
    const next = frontCall(calls, seen.current);
    seen.current = next.seen;
    const { call } = next;
    if (call === null) return;
    const { callId: chosen } = placeStore.get();
    if (maySelect({ chosen, microphone: consoleStore.get().microphone })) choose(call);
    bring(places.findIndex(place => place?.call === call));
  }, [places, bring]);
}
