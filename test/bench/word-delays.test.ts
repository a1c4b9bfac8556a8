import { describe, expect, it } from 'vitest';
import { wordDelays } from './word-delays.ts';

const piece = (text: string, isFinal: boolean, wordsAtMs: readonly number[] | null = null) => ({
  id: '1',
  text,
  isFinal,
  confidence: null,
  place: null,
  wordsAtMs,
});

describe('the delay of words', () => {
  it('is counted from when each began, until it first stood there and until it was final', () => {
    const told = [
      { piece: piece('good', false), fedMs: 700 },
      { piece: piece('good mourning', false), fedMs: 1100 },
      { piece: piece('good morning', true, [200, 500]), fedMs: 2000 },
    ];
    expect(wordDelays(told)).toEqual({ first: [500, 600], final: [1800, 1500] });
  });

  it('is not counted where nobody told the places of words', () => {
    expect(wordDelays([{ piece: piece('good', true), fedMs: 900 }])).toEqual({
      first: [],
      final: [],
    });
  });
});
