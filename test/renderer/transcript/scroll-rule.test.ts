import { expect, test } from 'vitest';
import { wantedLine } from '../../../renderer/transcript/move-to-line.ts';
import {
  followsAfter,
  isAtEnd,
  jumpWords,
  POINTER_REST_MS,
  restMs,
} from '../../../renderer/transcript/scroll-rule.ts';

const at = (scrollTop: number) => ({ scrollTop, scrollHeight: 1000, clientHeight: 200 });

test('a reader who goes up stops the list, and one who comes to the end starts it', () => {
  expect(followsAfter(true, 800, at(600), 'reader')).toBe(false);
  expect(followsAfter(false, 600, at(700), 'reader')).toBe(false);
  expect(followsAfter(false, 600, at(790), 'reader')).toBe(true);
});

test('a list that scrolls by itself, or grows, goes on', () => {
  expect(followsAfter(true, 800, at(600), 'itself')).toBe(true);
  expect(followsAfter(true, 500, at(500), 'reader')).toBe(true);
  expect(isAtEnd(at(780))).toBe(true);
});

test('nothing moves under a pointer that has just moved', () => {
  expect(restMs(null, 5000)).toBe(0);
  expect(restMs(4000, 5000)).toBe(POINTER_REST_MS - 1000);
  expect(restMs(1000, 9000)).toBe(0);
});

test('the way back says how much is new', () => {
  expect([jumpWords(0), jumpWords(1), jumpWords(7)]).toEqual([
    '↓ Jump to now',
    '↓ Jump to now, 1 new line',
    '↓ Jump to now, 7 new lines',
  ]);
});

test('keys lead from line to line and to the ends', () => {
  expect(wantedLine('ArrowUp', 5, 40)).toBe(4);
  expect(wantedLine('ArrowUp', 40, 40)).toBe(39);
  expect(wantedLine('PageUp', 5, 40)).toBe(0);
  expect(wantedLine('PageDown', 5, 40)).toBe(15);
  expect(wantedLine('End', 5, 40)).toBe(39);
  expect(wantedLine('a', 5, 40)).toBeNull();
  expect(wantedLine('Home', 0, 0)).toBeNull();
});
