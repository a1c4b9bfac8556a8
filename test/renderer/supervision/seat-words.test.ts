import { expect, test } from 'vitest';
import { seatWords } from '../../../renderer/supervision/seat-words.ts';
import { liveCall } from '../console-states.ts';
import { seat, supervisedCall } from './room-calls.ts';

const NONE = { seatNumber: null };

test.each([
  ['app', NONE, 'Your seat: through the app'],
  ['number', { seatNumber: '+14155550100' }, 'Your seat: through +1 415 555 0100'],
  ['number', NONE, 'Your seat: through a second number'],
  ['phone', NONE, 'Your seat: your phone'],
] as const)('the way %s is told (%#)', (way, settings, words) => {
  expect(seatWords(supervisedCall({ seat: seat({ way }) }), settings)).toBe(words);
});

test('nothing is told without a seat', () => {
  expect(seatWords(supervisedCall(), NONE)).toBeNull();
  expect(seatWords(liveCall(), NONE)).toBeNull();
});
