import { expect, test } from 'vitest';
import type { Segment } from '../../../electron/core/events.ts';
import { transcriptLines } from '../../../renderer/words/transcript-lines.ts';

const said = (speaker: Segment['speaker'], text: string, isFinal = true, callId = 'dana') => ({
  callId,
  speaker,
  text,
  isFinal,
  confidence: 1,
});

const lines = (...segments: readonly Segment[]) =>
  transcriptLines(segments, 'dana').map(({ speaker, text }) => `${speaker}: ${text}`);

test('a transcript has the words of its own call, in the order they were said', () => {
  expect(
    lines(said('them', 'Hello?'), said('us', 'Hi.'), said('them', 'No.', true, 'sam')),
  ).toEqual(['them: Hello?', 'us: Hi.']);
});

test('words that still change give way to those that come after them', () => {
  expect(lines(said('them', 'I nev', false), said('them', 'I never got it.'))).toEqual([
    'them: I never got it.',
  ]);
  expect(lines(said('them', 'I nev', false), said('us', 'Yes.'))).toEqual([
    'them: I nev',
    'us: Yes.',
  ]);
});
