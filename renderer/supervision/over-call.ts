import { asLive, type CallId } from '../../electron/core/call.ts';
import { findCall } from '../../electron/core/state.ts';
import { consoleStore } from '../earshot.ts';
import { placeStore, showLayer } from '../state/navigation.ts';
import { createStore } from '../state/store.ts';
import { takesPeople } from './call-people.ts';
import { modeTarget } from './mode-view.ts';

/** Why somebody is looked for: to bring them into a call, or to give it to them. */
export type PersonWanted = 'add' | 'transfer';

/** What lies over the window about a call with legs; one at a time. */
export type OverCall =
  | { readonly kind: 'modes'; readonly callId: CallId }
  | { readonly kind: PersonWanted; readonly callId: CallId };

/** What lies over the window about a call; null when nothing does. */
export const overCall = createStore<OverCall | null>(null);

/** Puts it away. */
export function closeOverCall(): void {
  overCall.set(null);
}

/** Opens the menu of modes for the call that has them, or closes it. */
export function toggleModeMenu(): void {
  const call = modeTarget(consoleStore.get(), placeStore.get());
  const isOpen = overCall.get() !== null;
  closeOverCall();
  if (call === null || isOpen) return;
  showLayer(null);
  overCall.set({ kind: 'modes', callId: call.id });
}

/** Looks for somebody for a call, by default the one on screen. */
export function openPersonSheet(kind: PersonWanted, chosen?: CallId): void {
  const callId = chosen ?? placeStore.get().callId;
  const call = asLive(findCall(consoleStore.get(), callId));
  if (call === null || !takesPeople(call)) return;
  showLayer(null);
  overCall.set({ kind, callId: call.id });
}
