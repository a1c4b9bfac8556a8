import { useSyncExternalStore } from 'react';
import type { Store } from './store.ts';

/** Part of a store's value; draws again only when that part changes. `select` must not build new objects. */
export function useStore<Value, Part>(store: Store<Value>, select: (value: Value) => Part): Part {
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
