import { Search, X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useStore } from '../state/use-store.ts';
import { lookFor, searchStore } from './search-store.ts';

/** The list that the field leads to. */
const FIRST_ROW = '[data-list="history"] [role="option"]';

/** What is looked for in the history. ↓ goes on into what was found; Esc empties the field, then leaves it. */
export function HistoryField() {
  const query = useStore(searchStore, search => search.query);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      document.querySelector<HTMLElement>(FIRST_ROW)?.focus();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      document.querySelector<HTMLElement>(FIRST_ROW)?.click();
    } else if (event.key === 'Escape' && query !== '') {
      event.preventDefault();
      event.stopPropagation();
      lookFor('');
    }
  };
  return (
    <label className="search history-field">
      <Search size={14} aria-hidden="true" />
      <input
        type="search"
        data-search-history
        aria-label="Search calls and what was said"
        placeholder="Words, name or number"
        maxLength={200}
        spellCheck={false}
        dir="auto"
        value={query}
        onChange={event => lookFor(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {query === '' ? null : (
        <button
          type="button"
          className="button quiet icon"
          aria-label="Empty the search"
          title="Empty (Esc)"
          onClick={() => lookFor('')}
        >
          <X size={12} aria-hidden="true" />
        </button>
      )}
    </label>
  );
}
