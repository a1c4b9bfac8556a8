import { expect, test } from 'vitest';
import {
  formatLength,
  formatTimer,
  formatWhen,
  spellLength,
} from '../../../renderer/words/times.ts';

const NOW = new Date(2026, 2, 18, 12, 0, 0).getTime();
const at = (...[month, day, hour, year = 2026]: [number, number, number, number?]) =>
  new Date(year, month - 1, day, hour, 12).getTime();

test('running times keep two digits, so that nothing shifts', () => {
  expect(formatTimer(0)).toBe('00:00');
  expect(formatTimer(134_900)).toBe('02:14');
  expect(formatTimer(3_734_000)).toBe('1:02:14');
  expect(formatTimer(-500)).toBe('00:00');
});

test('lengths are short in lists and spelled in sentences', () => {
  expect(formatLength(362_000)).toBe('6:02');
  expect(formatLength(3_602_000)).toBe('1:00:02');
  expect(spellLength(18_000)).toBe('18 s');
  expect(spellLength(362_000)).toBe('6 min 2 s');
  expect(spellLength(360_000)).toBe('6 min');
  expect(spellLength(3_600_000)).toBe('1 h');
  expect(spellLength(3_780_000)).toBe('1 h 3 min');
});

test('moments are as short as a list needs', () => {
  const when = (moment: number) => formatWhen(moment, NOW, 'en-GB');
  expect(when(NOW - 20_000)).toBe('now');
  expect(when(NOW - 22 * 60_000)).toBe('22 min');
  expect(when(at(3, 18, 9))).toBe('09:12');
  expect(when(at(3, 17, 23))).toBe('Yesterday');
  expect(when(at(3, 15, 9))).toBe('Sun');
  expect(when(at(2, 2, 9))).toBe('2 Feb');
  expect(when(at(2, 2, 9, 2025))).toBe('2 Feb 2025');
});
