import { describe, expect, it } from 'vitest';
import { createSaidOnce } from '../../electron/transcription/said-once.ts';
import type { Understood } from '../../electron/transcription/writer.ts';

function piece(
  text: string,
  atMs: number,
  lengthMs: number,
  wordsAtMs: readonly number[] | null = null,
): Understood {
  const who = { speaker: 'them', who: null, whispered: false } as const;
  const words = { text, isFinal: true, confidence: null, wordsAtMs };
  return { ...who, ...words, key: 'k', place: { atMs, lengthMs } };
}

describe('what two have understood', () => {
  it('is told once where it stands', () => {
    const said = createSaidOnce();
    said.add(1, piece('good day to you', 1000, 1000));
    expect(said.rest(2, piece('day to you', 1200, 800))).toBe(null);
    expect(said.rest(2, piece('I am Dana', 1900, 1000))?.text).toBe('I am Dana');
    expect(said.rest(1, piece('good day to you', 1000, 1000))?.text).toBe('good day to you');
  });

  it('is told once word by word where words have places', () => {
    const said = createSaidOnce();
    said.add(1, piece('good day', 1000, 800));
    const rest = said.rest(2, piece('day to you', 1400, 1600, [1400, 1900, 2400]));
    expect(rest).toMatchObject({
      text: 'to you',
      wordsAtMs: [1900, 2400],
      place: { atMs: 1900, lengthMs: 1100 },
    });
  });

  it('is told by both where nobody knows its place', () => {
    const said = createSaidOnce();
    said.add(1, piece('good day', 1000, 800));
    expect(said.rest(2, { ...piece('good day', 0, 0), place: null })?.text).toBe('good day');
  });
});
