import { expect, test } from 'vitest';
import { REPLAY_SPEEDS } from '../../../electron/core/replay.ts';
import {
  agoWords,
  speedStep,
  spelledAgo,
  spelledPlace,
} from '../../../renderer/replay/replay-words.ts';

test('how far a call is behind is written and spelt out', () => {
  expect([agoWords(42_000), spelledAgo(130_000)]).toEqual(['0:42 ago', '2 min 10 s ago']);
  expect([agoWords(400), spelledAgo(0)]).toEqual(['now', 'now']);
});

test('a place in a recording is spelt out with who speaks there', () => {
  expect(spelledPlace(160_000, 362_000, 'Dana')).toBe('2 min 40 s of 6 min 2 s, Dana speaking');
  expect(spelledPlace(0, 9000, null)).toBe('0 s of 9 s');
});

test('speed goes by steps and stops at both ends', () => {
  expect(speedStep(1, 1, REPLAY_SPEEDS)).toBe(1.25);
  expect(speedStep(1, -1, REPLAY_SPEEDS)).toBe(0.75);
  expect(speedStep(2, 1, REPLAY_SPEEDS)).toBe(2);
  expect(speedStep(1.25, 1, [1, 1.5])).toBe(1.5);
});
