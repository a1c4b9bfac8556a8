import { onOffered } from '../earshot.ts';
import { showLayer } from '../state/navigation.ts';
import { createStore } from '../state/store.ts';

/** A number that a link offers. */
export type Offered = { readonly number: string; readonly extension: string | null };

/** The number that waits to be put into the palette; null when none does. */
export const offeredStore = createStore<Offered | null>(null);

/** Opens the palette for each number a link offers. It is dialled by nobody but the person. */
export function followOffers(): () => void {
  return onOffered(number => {
    offeredStore.set(number);
    showLayer('palette');
  });
}

/** What is to be known beside the number; empty when nothing is. */
export function offeredWords({ extension }: Offered): string {
  return extension === null
    ? ''
    : `The link also names extension ${extension}: press it once the call is answered.`;
}
