import { expect, it } from 'vitest';
import { RecentLowest } from '../../../electron/core/audio/recent-lowest.ts';

it('knows the lowest of the last one to two lengths of values', () => {
  const lowest = new RecentLowest(3);
  expect(lowest.settled).toBe(false);
  for (const value of [5, 2, 7, 4]) lowest.note(value);
  expect(lowest.value).toBe(2);
  expect(lowest.settled).toBe(true);
  for (const value of [6, 8, 9]) lowest.note(value);
  expect(lowest.value).toBe(4);
  lowest.shift(10);
  expect(lowest.value).toBe(14);
  lowest.reset();
  expect(lowest.value).toBe(Number.POSITIVE_INFINITY);
});
