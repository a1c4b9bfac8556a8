import { createStore } from '../state/store.ts';
import { NO_FILTERS, type SearchFilters } from './search-filters.ts';

/** What is looked for in the history. It stays while the person is elsewhere. */
export type Search = { readonly query: string; readonly filters: SearchFilters };

/** What is looked for in the history. */
export const searchStore = createStore<Search>({ query: '', filters: NO_FILTERS });

/** Looks for something else, within the same filters. */
export function lookFor(query: string): void {
  searchStore.set({ ...searchStore.get(), query });
}

/** Turns some filters on or off; the others stay. */
export function filterBy(change: Partial<SearchFilters>): void {
  const { query, filters } = searchStore.get();
  searchStore.set({ query, filters: { ...filters, ...change } });
}

/** Turns all filters off. */
export function clearFilters(): void {
  filterBy(NO_FILTERS);
}
