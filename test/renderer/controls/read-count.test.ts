import { expect, test } from 'vitest';
import { readCount } from '../../../renderer/controls/read-count.ts';

test('a whole number between the bounds is understood', () => {
  expect(readCount(' 30 ', 5, 600)).toEqual({ ok: true, count: 30 });
});

test('everything else says what is possible', () => {
  const words = (text: string) => {
    const read = readCount(text, 5, 600);
    return read.ok ? '' : read.words;
  };
  expect(words('4')).toBe('The least is 5.');
  expect(words('601')).toBe('The most is 600.');
  expect(words('half')).toBe('Enter a number from 5 to 600.');
  expect(words('-7')).toBe('Enter a number from 5 to 600.');
});
