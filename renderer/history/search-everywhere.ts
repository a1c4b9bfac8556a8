import { showHistoryPart, showView } from '../state/navigation.ts';
import { lookFor } from './search-store.ts';

/** The history's own search field. */
const FIELD = 'input[data-search-history]';

/** Goes to the history with the caret in its search field. @param words what to look for; left out, what was looked for last */
export function searchEverywhere(words?: string): void {
  if (words !== undefined) lookFor(words);
  showHistoryPart('calls');
  showView('history');
  requestAnimationFrame(() => {
    const field = document.querySelector<HTMLInputElement>(FIELD);
    field?.focus();
    field?.select();
  });
}
