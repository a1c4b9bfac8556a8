import { describe, expect, it } from 'vitest';
import { createUtterances } from '../../electron/transcription/utterances.ts';

const draft = (sequence: number, text: string) => ({
  sequence,
  text,
  isFinal: false,
  confidence: null,
});
const final = (sequence: number, text: string) => ({
  sequence,
  text,
  isFinal: true,
  confidence: 0.9,
});

/** What is told, each piece as its utterance and its words; a final one with a full stop. */
function told(pieces: readonly ReturnType<typeof draft | typeof final>[]): string[] {
  const utterances = createUtterances('GT1/inbound');
  return pieces
    .flatMap(piece => utterances.take(piece))
    .map(({ key, text, isFinal }) => `${key.split('/').at(-1)} ${text}${isFinal ? '.' : ''}`);
}

describe('what is told of a track', () => {
  it('is one utterance until it is final', () => {
    expect(
      told([draft(2, 'good'), draft(3, 'good day'), final(4, 'Good day'), draft(6, 'I')]),
    ).toEqual(['1 good', '1 good day', '1 Good day.', '2 I']);
  });

  it('is told once, however often it comes', () => {
    expect(
      told([draft(2, 'good'), draft(2, 'good'), final(3, 'Good day'), final(3, 'Good day')]),
    ).toEqual(['1 good', '1 Good day.']);
  });

  it('does not go back to an older draft, before its last words or after them', () => {
    expect(
      told([draft(3, 'good day'), draft(2, 'good'), final(5, 'Good day'), draft(4, 'x')]),
    ).toEqual(['1 good day', '1 Good day.']);
  });

  it('finds the end of an utterance though the next began before it', () => {
    expect(
      told([draft(2, 'good'), draft(5, 'how'), final(4, 'Good day'), final(6, 'How are you')]),
    ).toEqual(['1 good', '1 how', '1 Good day.', '2 how', '2 How are you.']);
  });

  it('keeps an utterance whose end comes after that of the next', () => {
    expect(told([draft(2, 'good'), final(6, 'How are you'), final(4, 'Good day')])).toEqual([
      '1 good',
      '1 How are you.',
      '2 Good day.',
    ]);
  });

  it('keeps the end of one apart from what began after it', () => {
    expect(told([draft(5, 'how'), final(4, 'Good day'), final(6, 'How are you')])).toEqual([
      '1 how',
      '2 Good day.',
      '1 How are you.',
    ]);
  });

  it('is nothing without words, unless there seemed to be some', () => {
    expect(told([draft(2, ' '), final(3, ''), draft(4, 'hm'), final(5, '')])).toEqual([
      '1 hm',
      '1 .',
    ]);
  });
});
