import type { WatchList } from '../../electron/core/watch-list.ts';

/** The most lists, and what a list's phrases may be, as the settings keep them. */
export const MOST_LISTS = 20;

/** What the phrases of a list may be. */
export const PHRASE_LIMITS = { name: 'phrase', most: 200, leastCharacters: 2, mostCharacters: 100 };

/** Whose words a list looks at, as chosen. */
export const SPEAKER_OPTIONS: readonly (readonly [WatchList['speaker'], string])[] = [
  ['anybody', 'Anybody'],
  ['them', 'The other side'],
  ['us', 'Our side'],
];

/** A list that was removed, and where it stood. */
export type Removed = { readonly list: WatchList; readonly at: number };

/** The lists with another, empty one. @param id no list has it */
export function withNewList(lists: readonly WatchList[], id: string): WatchList[] {
  const titles = new Set(lists.map(({ title }) => title));
  let title = 'New list';
  for (let count = 2; titles.has(title); count += 1) title = `New list ${count}`;
  const list: WatchList = {
    id,
    title,
    phrases: [],
    speaker: 'anybody',
    notify: true,
    toFront: false,
  };
  return [...lists, list];
}

/** The lists with something of one of them changed. */
export function withChange(
  lists: readonly WatchList[],
  id: string,
  change: Partial<WatchList>,
): WatchList[] {
  return lists.map(list => (list.id === id ? { ...list, ...change } : list));
}

/** The lists without one of them, and what brings it back; null when it is not there. */
export function withoutList(
  lists: readonly WatchList[],
  id: string,
): { readonly lists: WatchList[]; readonly removed: Removed | null } {
  const at = lists.findIndex(list => list.id === id);
  const list = lists[at];
  if (list === undefined) return { lists: [...lists], removed: null };
  return { lists: lists.toSpliced(at, 1), removed: { list, at } };
}

/** The lists with one that was removed where it stood. */
export function withRemoved(lists: readonly WatchList[], { list, at }: Removed): WatchList[] {
  if (lists.some(({ id }) => id === list.id)) return [...lists];
  return lists.toSpliced(at, 0, list);
}
