/** A value with subscribers, made for `useSyncExternalStore`. */
export type Store<Value> = {
  readonly get: () => Value;
  /** Replaces the value; tells nobody when it is the same one. */
  readonly set: (next: Value) => void;
  /** Calls `listener` after each change; returns how to stop. */
  readonly subscribe: (listener: () => void) => () => void;
};

/** Makes a store that holds `initial`. */
export function createStore<Value>(initial: Value): Store<Value> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
