import { expect, test } from 'vitest';
import {
  firstMatchIn,
  isAmong,
  matchesOf,
  matchWords,
  nextMatch,
  soundPlaces,
} from '../../../renderer/transcript/find-words.ts';
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

test('a passage of the history is one of the places that are counted', () => {
  const pieces = ['A refund?', 'No refund, no.', 'A refund and a refund.'].map((text, index) =>
    placedSegment(`s${index}`, index * 4000, { text }),
  );
  const other = placedSegment('us', 9000, { text: 'The refund is here.', speaker: 'us' });
  const lines = transcriptLines([...pieces, other], [], { zeroAt: NOW, finalOnly: true });
  const matches = matchesOf(lines, 'refund');
  const counted = (segmentId: string) =>
    matchWords(firstMatchIn(matches, lines, segmentId), matches.length);
  expect(counted('s0')).toBe('1 of 5');
  expect(counted('s1')).toBe('2 of 5');
  expect(counted('s2')).toBe('3 of 5');
  expect(counted('us')).toBe('5 of 5');
  expect(counted('gone')).toBe('1 of 5');
  expect([isAmong(lines, 's2'), isAmong(lines, 'gone')]).toEqual([true, false]);
});

test('what is found stands at its places in the sound, and nowhere where those are not known', () => {
  const place = { atMs: 4000, lengthMs: 900, wordsMs: [0, 300, 600] };
  const pieces = [
    placedSegment('a', 0, { text: 'I want a' }),
    placedSegment('b', 4000, { text: 'refund not refund', place }),
    placedSegment('c', 60_000, { text: 'A refund.', place: null }),
  ];
  const lines = transcriptLines(pieces, [], { zeroAt: NOW, finalOnly: true });
  expect(soundPlaces(matchesOf(lines, 'refund'), lines)).toEqual([4000, 4600]);
  expect(soundPlaces([], lines)).toEqual([]);
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
