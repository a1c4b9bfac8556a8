import { useSyncExternalStore } from 'react';
import { consoleStore } from '../earshot.ts';
import { createStore } from '../state/store.ts';
import { isFound, wallCalls } from './wall-call.ts';
import { nextFree, placeCalls, STAYS_MS, type WallPlaces } from './wall-places.ts';

/** The wall as it is kept while the person looks elsewhere, so that every call is found where it was. */
type Wall = {
  /** Every call of now in its place. */
  readonly all: WallPlaces;
  /** Those that are looked for, in places of their own; `all` while nothing is. */
  readonly shown: WallPlaces;
  readonly filter: string;
};

const wall = createStore<Wall>({ all: [], shown: [], filter: '' });

let following = false;
let waking: ReturnType<typeof setTimeout> | undefined;

/** The wall as it is now. From its first use on it is kept up to date. */
export function useWall(): Wall {
  return useSyncExternalStore(subscribe, wall.get);
}

/** Shows only calls with a text in a name or a number; an empty one shows all. */
export function filterWall(filter: string): void {
  // Who looks for something else starts with places of its own; they stay as long as it is looked for.
  wall.set({ ...wall.get(), filter, shown: [] });
  settle();
}

function subscribe(listener: () => void): () => void {
  if (!following) {
    following = true;
    consoleStore.subscribe(settle);
    settle();
  }
  return wall.subscribe(listener);
}

function settle(): void {
  clearTimeout(waking);
  const { all, shown, filter } = wall.get();
  const now = Date.now();
  const calls = wallCalls(consoleStore.get());
  const next = placeCalls(all, calls, now);
  const wanted = calls.filter(call => isFound(call, filter));
  wall.set({
    all: next,
    shown: filter.trim() === '' ? next : placeCalls(shown, wanted, now),
    filter,
  });
  const free = nextFree(next);
  if (free !== null) waking = setTimeout(settle, Math.min(STAYS_MS, Math.max(0, free - now) + 1));
}
