import { describe, expect, it } from 'vitest';
import { addErrors, errorRate, wordErrors } from './word-errors.ts';

describe('word errors', () => {
  it.each([
    ['one two three', 'one two three', 0, 0, 0],
    ['one two three', 'one too three', 1, 0, 0],
    ['one two three', 'one three', 0, 1, 0],
    ['one two three', 'one two and three', 0, 0, 1],
    ['one two three four', 'two three for five', 1, 1, 1],
    ['one', '', 0, 1, 0],
    ['', 'one two', 0, 0, 2],
  ])('of %j understood as %j', (said, understood, substitutions, deletions, insertions) => {
    expect(wordErrors(said, understood)).toMatchObject({ substitutions, deletions, insertions });
  });

  it('do not count case and punctuation', () => {
    expect(
      errorRate(wordErrors('Good morning, it’s Anna – hello!', "good morning it's anna hello")),
    ).toBe(0);
  });

  it('are told per word said', () => {
    const all = addErrors(wordErrors('one two', 'one'), wordErrors('three four', 'three for'));
    expect(all).toEqual({ words: 4, substitutions: 1, deletions: 1, insertions: 0 });
    expect(errorRate(all)).toBe(0.5);
  });
});
