import { expect, test } from 'vitest';
import { createStore } from '../../../renderer/state/store.ts';

test('a store tells of each change, and of nothing else', () => {
  const store = createStore(1);
  const seen: number[] = [];
  const stop = store.subscribe(() => seen.push(store.get()));
  store.set(1);
  store.set(2);
  stop();
  store.set(3);
  expect(seen).toEqual([2]);
});
