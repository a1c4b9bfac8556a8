import { expect, test } from 'vitest';
import { watchListsSchema } from '../../../electron/core/watch-list.ts';
import {
  MOST_LISTS,
  PHRASE_LIMITS,
  withChange,
  withNewList,
  withoutList,
  withRemoved,
} from '../../../renderer/settings/watch-list-edits.ts';

const three = ['a', 'b', 'c'].reduce(withNewList, []);
const ids = (lists: readonly { readonly id: string }[]) => lists.map(({ id }) => id).join('');

test('a new list has a title of its own, and the settings keep it', () => {
  expect(three.map(({ title }) => title)).toEqual(['New list', 'New list 2', 'New list 3']);
  expect(watchListsSchema.parse(three)).toEqual(three);
});

test('only one list is changed', () => {
  const changed = withChange(three, 'b', { title: 'Money', toFront: true });
  expect(changed.map(({ title }) => title)).toEqual(['New list', 'Money', 'New list 3']);
});

test('a list that was removed comes back to its place, once', () => {
  const { lists, removed } = withoutList(three, 'b');
  expect(ids(lists)).toBe('ac');
  if (removed === null) throw new Error('nothing was removed');
  const back = withRemoved(lists, removed);
  expect(back).toEqual(three);
  expect(withRemoved(back, removed)).toEqual(three);
  expect(withoutList(three, 'x')).toEqual({ lists: three, removed: null });
});

test('as much may be typed as the settings keep', () => {
  const phrases = Array.from({ length: PHRASE_LIMITS.most }, (_, at) =>
    String(at).padEnd(PHRASE_LIMITS.mostCharacters, 'x'),
  );
  const full = Array.from({ length: MOST_LISTS }, (_, at) => String(at)).reduce(withNewList, []);
  const first = withChange(full, '0', { phrases });
  expect(watchListsSchema.safeParse(first).success).toBe(true);
  expect(watchListsSchema.safeParse(withNewList(full, 'more')).success).toBe(false);
  const more = withChange(full, '0', { phrases: [...phrases, 'one more'] });
  expect(watchListsSchema.safeParse(more).success).toBe(false);
});
