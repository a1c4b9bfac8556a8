import { expect, it } from 'vitest';
import { Tape } from '../../electron/practice/tape.ts';

const count = (from: number, length: number): Int16Array =>
  Int16Array.from({ length }, (_, index) => from + index);

it('gives back what was recorded, in order', () => {
  const tape = new Tape(60_000);
  expect(tape.samples()).toHaveLength(0);
  tape.append(count(0, 160));
  tape.append(count(160, 9000));
  expect(tape.samples()).toEqual(count(0, 9160));
});

it('keeps only the end', () => {
  const tape = new Tape(2000);
  for (let second = 0; second < 10; second += 1) tape.append(count(second, 8000));
  const kept = tape.samples();
  expect(kept.length).toBeLessThanOrEqual(3 * 8000);
  expect(kept.at(-1)).toBe(9 + 7999);
});

it('is empty again after rewinding', () => {
  const tape = new Tape(1000);
  tape.append(count(0, 100));
  tape.rewind();
  tape.append(count(5, 10));
  expect(tape.samples()).toEqual(count(5, 10));
});
