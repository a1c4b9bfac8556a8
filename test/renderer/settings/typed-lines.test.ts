import { expect, test } from 'vitest';
import { readLines } from '../../../renderer/settings/typed-lines.ts';

const limits = { name: 'phrase', most: 3, leastCharacters: 2, mostCharacters: 20 };
const read = (text: string) => readLines(text, limits);

test('each line is one entry, whatever the space around it, once', () => {
  expect(read(' refund \n\nspeak  to a manager\nRefund\n')).toEqual({
    ok: true,
    lines: ['refund', 'speak to a manager'],
  });
  expect(read('')).toEqual({ ok: true, lines: [] });
});

test('what cannot be kept is told', () => {
  const words = (text: string) => {
    const result = read(text);
    return result.ok ? null : result.words;
  };
  expect(words('a')).toBe('“a” is too short: a phrase has 2 characters or more.');
  expect(words('x'.repeat(21))).toMatch(/is too long: a phrase has 20 characters at most/);
  expect(words('one\ntwo\nthree\nfour')).toBe('4 are too many: 3 at most.');
});
