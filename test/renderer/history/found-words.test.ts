import { expect, test } from 'vitest';
import type { SearchResult } from '../../../electron/core/transcript.ts';
import { countWords, nothingFound } from '../../../renderer/history/found-words.ts';
import { endedCall } from '../console-states.ts';

const result = (change: Partial<SearchResult>): SearchResult => ({
  hits: Array.from({ length: Math.min(change.callCount ?? 0, 500) }, () => ({
    call: endedCall(),
    passages: [],
    count: 0,
  })),
  callCount: 0,
  passageCount: 0,
  more: false,
  instead: null,
  ours: [],
  ...change,
});
const count = (change: Partial<SearchResult>) => countWords(result(change), 'en-US');

test('calls are counted, and hits where words were looked for', () => {
  expect(count({ callCount: 6, passageCount: 9 })).toBe('6 calls, 9 hits');
  expect(count({ callCount: 1, passageCount: 1 })).toBe('1 call, 1 hit');
  expect(count({ callCount: 12 })).toBe('12 calls');
  expect(count({})).toBe('0 calls');
});

test('it is told where there are more than were looked at, or than the list has', () => {
  expect(count({ callCount: 214, passageCount: 5000, more: true })).toBe('214+ calls, 5,000+ hits');
  expect(count({ callCount: 1200 })).toBe('1,200 calls, the newest 500 here');
});

test('what nobody said is named, with what may have been meant', () => {
  expect(nothingFound(' refud ', false, { words: 'refund', passages: 9 })).toEqual({
    title: 'Nothing found',
    words: 'No call says “refud”.',
    instead: { name: 'refund (9)', query: 'refund' },
  });
  expect(nothingFound('refud', true, null)).toMatchObject({
    words: 'No call that fits these filters says “refud”.',
    instead: null,
  });
});

test('an empty list without words is no calls yet, or filters that let none through', () => {
  expect(nothingFound('', true, null).words).toBe('No call fits these filters.');
  expect(nothingFound('', false, null).words).toBe(
    'Calls you take or hear are kept here with sound and transcript.',
  );
});
