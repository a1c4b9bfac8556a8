import { expect, test } from 'vitest';
import { matchesOf, matchWords, nextMatch } from '../../../renderer/transcript/find-words.ts';
import { findIn, fragmentsOf, rangesWithin } from '../../../renderer/transcript/text-marks.ts';
import { transcriptLines } from '../../../renderer/transcript/transcript-lines.ts';
import { watchedWords } from '../../../renderer/transcript/watched-words.ts';
import { wordAt } from '../../../renderer/transcript/word-places.ts';
import { NOW, placedSegment } from '../console-states.ts';

const NOTHING = { watched: [], found: [], now: null };

test('words are found whatever their case and accents', () => {
  expect(findIn('A refund, the REFUND', 'refund')).toEqual([
    [2, 8],
    [14, 20],
  ]);
  expect(findIn('Das Café schließt', 'cafe')).toEqual([[4, 8]]);
  expect(findIn('ÄÖÜ', 'ö')).toEqual([[1, 2]]);
  expect(findIn('anything', ' ')).toEqual([]);
});

test('a text is cut where marks begin and end', () => {
  const fragments = fragmentsOf('I want a refund', {
    watched: [[9, 15]],
    found: [[7, 15]],
    now: [7, 15],
  });
  expect(fragments.map(({ text, watched, found }) => [text, watched, found])).toEqual([
    ['I want ', false, 'no'],
    ['a ', false, 'now'],
    ['refund', true, 'now'],
  ]);
});

test('digits that are not kept are one stretch', () => {
  const fragments = fragmentsOf('card •••• •••• 1111', NOTHING);
  expect(fragments.filter(({ masked }) => masked).map(({ text }) => text)).toEqual(['•••• ••••']);
});

test('ranges of a line are told to its pieces from where each begins', () => {
  expect(rangesWithin([[3, 8]], 5, 12)).toEqual([[0, 3]]);
  expect(rangesWithin([[3, 5]], 5, 12)).toEqual([]);
});

test('what is looked for is found across the pieces of a line, and counted round', () => {
  const pieces = [
    placedSegment('a', 0, { text: 'I want a' }),
    placedSegment('b', 4000, { text: 'refund now.' }),
  ];
  const lines = transcriptLines(pieces, [], { zeroAt: NOW, finalOnly: false });
  expect(matchesOf(lines, 'a refund')).toEqual([{ key: 'a', range: [7, 15] }]);
  expect([nextMatch(2, 1, 3), nextMatch(0, -1, 3), nextMatch(0, 1, 0)]).toEqual([0, 2, 0]);
  expect([matchWords(1, 9), matchWords(0, 0)]).toEqual(['2 of 9', 'Not said']);
});

test('watch words are marked in the piece they were said in', () => {
  const note = {
    event: 'watch-word-heard',
    callId: 'dana',
    segmentId: 'a',
    listId: 'l',
    phrase: 'refund',
    words: 'refunds',
    speaker: 'them',
    atMs: 100,
    at: NOW,
  } as const;
  const pieces = [placedSegment('a', 0, { text: 'No refunds?' })];
  expect([...watchedWords(pieces, [note])]).toEqual([['a', [[3, 10]]]]);
});

test('a word is heard where its transcriber tells, else where its letters stand', () => {
  const text = 'it was two';
  const told = { atMs: 1000, lengthMs: 2000, wordsMs: [0, 900, 1500] };
  expect(wordAt({ text, place: told }, 4)).toEqual({ from: 3, to: 6, atMs: 1900 });
  expect(wordAt({ text, place: { ...told, wordsMs: null } }, 8)?.atMs).toBe(2400);
  expect(wordAt({ text, place: { ...told, wordsMs: [0] } }, 0)?.atMs).toBe(1000);
  expect(wordAt({ text, place: null }, 0)).toBeNull();
});
