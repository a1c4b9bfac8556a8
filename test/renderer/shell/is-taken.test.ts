import { expect, test } from 'vitest';
import { isTaken } from '../../../renderer/shell/is-taken.ts';

test('a number is taken when its calls go from here to another desk', () => {
  expect(isTaken(false, 'here', 'another-desk')).toBe(true);
});

test('a number that never rang here, or goes elsewhere, is not taken', () => {
  expect(isTaken(false, 'unknown', 'another-desk')).toBe(false);
  expect(isTaken(false, 'here', 'elsewhere')).toBe(false);
});

test('it stays taken while nobody knows, and is settled once calls ring here again', () => {
  expect(isTaken(true, 'another-desk', 'unknown')).toBe(true);
  expect(isTaken(true, 'another-desk', 'here')).toBe(false);
});
