import { expect, test } from 'vitest';
import { nextPlace } from '../../../renderer/wall/wall-focus.ts';

const FULL = Array<boolean>(10).fill(true);
const HOLES = [true, false, true, true, true, false, true, true, true, true];

test('arrows move by one or by a row', () => {
  expect(nextPlace(5, 'right', 4, FULL)).toBe(6);
  expect(nextPlace(5, 'left', 4, FULL)).toBe(4);
  expect(nextPlace(5, 'up', 4, FULL)).toBe(1);
  expect(nextPlace(5, 'down', 4, FULL)).toBe(9);
});

test('places without a call are passed over', () => {
  expect(nextPlace(0, 'right', 4, HOLES)).toBe(2);
  expect(nextPlace(9, 'up', 4, HOLES)).toBe(9);
  expect(nextPlace(6, 'left', 4, HOLES)).toBe(4);
});

test('at an edge the focus stays', () => {
  expect(nextPlace(0, 'left', 4, FULL)).toBe(0);
  expect(nextPlace(9, 'down', 4, FULL)).toBe(9);
  expect(nextPlace(7, 'down', 4, FULL)).toBe(7);
});

test('with the focus nowhere an arrow goes to the first call', () => {
  expect(nextPlace(-1, 'down', 4, [false, true, true])).toBe(1);
  expect(nextPlace(-1, 'down', 4, [])).toBe(-1);
});
