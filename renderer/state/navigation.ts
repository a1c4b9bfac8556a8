import type { CallId } from '../../electron/core/call.ts';
import { consoleStore } from '../earshot.ts';
import {
  follow,
  goTo,
  type HistoryPart,
  INITIAL_PLACE,
  type Layer,
  leaveTop,
  openAccountCall,
  openCall,
  putAwayEnded,
  type Section,
  selectAccountCall,
  selectCall,
  type View,
} from './place.ts';
import { createStore } from './store.ts';
import { useStore } from './use-store.ts';

/** Where the person is. */
export const placeStore = createStore(INITIAL_PLACE);

/** Part of where the person is. */
export function usePlace<Part>(select: (place: typeof INITIAL_PLACE) => Part): Part {
  return useStore(placeStore, select);
}

/** Lets calls appear on screen as they begin; returns how to stop. */
export function followCalls(): () => void {
  let before = consoleStore.get();
  const settle = () => {
    const after = consoleStore.get();
    const place = placeStore.get();
    const settled = after.settings.setUpDone ? place : putAwayEnded(place, before, after);
    before = after;
    placeStore.set(follow(settled, after));
  };
  settle();
  return consoleStore.subscribe(settle);
}

/** Goes to a view of the rail. */
export function showView(view: View): void {
  placeStore.set(goTo(placeStore.get(), view, consoleStore.get()));
}

/** Shows a section of the settings. */
export function showSection(section: Section): void {
  placeStore.set({ ...goTo(placeStore.get(), 'settings', consoleStore.get()), section });
}

/** Shows a call. */
export function showCall(callId: CallId): void {
  placeStore.set(openCall(placeStore.get(), callId));
}

/** Shows a call of the account that this desk does not follow. */
export function showAccountCall(callSid: string): void {
  placeStore.set(openAccountCall(placeStore.get(), callSid));
}

/** Makes a call the one that keys mean, without leaving the view: one of this desk, or one of the account. */
export function chooseCall(callId: CallId | null, callSid: string | null): void {
  const place = placeStore.get();
  if (callId !== null) placeStore.set(selectCall(place, callId));
  else if (callSid !== null) placeStore.set(selectAccountCall(place, callSid));
}

/** Shows a call of the history. */
export function showPastCall(historyId: CallId | null): void {
  placeStore.set({ ...placeStore.get(), historyId, historyPart: 'calls' });
}

/** Shows a part of the history. */
export function showHistoryPart(historyPart: HistoryPart): void {
  placeStore.set({ ...placeStore.get(), historyPart });
}

/** Puts a layer over the view, or takes away the one that is there. */
export function showLayer(layer: Layer | null): void {
  placeStore.set({ ...placeStore.get(), layer });
}

/** Opens a layer, or closes it when it is open. */
export function toggleLayer(layer: Layer): void {
  showLayer(placeStore.get().layer === layer ? null : layer);
}

/** Closes what lies on top. */
export function goBack(): void {
  placeStore.set(leaveTop(placeStore.get(), consoleStore.get()));
}

/** Lets waveforms stand still, or move again. */
export function togglePause(): void {
  const place = placeStore.get();
  placeStore.set({ ...place, paused: !place.paused });
}
