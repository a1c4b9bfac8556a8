import { expect, test } from 'vitest';
import type { ToldSegment, TranscriptNote } from '../../../electron/core/transcript.ts';
import {
  keepSame,
  lineAt,
  lineText,
  type TranscriptLine,
  transcriptLines,
} from '../../../renderer/transcript/transcript-lines.ts';
import { NOW, placedSegment, segment } from '../console-states.ts';

const ZERO = NOW - 120_000;

const linesOf = (
  pieces: readonly ToldSegment[],
  notes: readonly TranscriptNote[] = [],
  finalOnly = false,
) => transcriptLines(pieces, notes, { zeroAt: ZERO, finalOnly });

const words = (lines: readonly TranscriptLine[]) =>
  lines.map(line =>
    line.kind === 'note' ? line.note.event : `${line.pieces[0]?.speaker}: ${lineText(line)}`,
  );

test('lines stand in the order in which they began, whenever they were told', () => {
  const late = placedSegment('late', 4000, { speaker: 'us', text: 'Yes.', at: NOW + 60_000 });
  const lines = linesOf([
    placedSegment('a', 1000, { text: 'Hello?' }),
    placedSegment('c', 9000, { text: 'Good.' }),
    late,
  ]);
  expect(words(lines)).toEqual(['them: Hello?', 'us: Yes.', 'them: Good.']);
});

test('without a place the time told counts', () => {
  const told = { ...segment({ segmentId: 'b', speaker: 'us', text: 'Hm.' }), at: ZERO + 5000 };
  const lines = linesOf([placedSegment('c', 9000), told]);
  expect(lines.map(({ atMs }) => atMs)).toEqual([5000, 9000]);
});

test('words of one side within 8 s of each other are one paragraph, also while they change', () => {
  const lines = linesOf([
    placedSegment('a', 0, { text: 'I never got it.' }),
    placedSegment('b', 10_000, { text: 'It was two bo', isFinal: false }),
    placedSegment('c', 30_000, { text: 'Hello?' }),
  ]);
  expect(words(lines)).toEqual(['them: I never got it. It was two bo', 'them: Hello?']);
});

test('a whisper, another speaker and another direction of writing begin a line of their own', () => {
  const lines = linesOf([
    placedSegment('a', 0, { speaker: 'us', who: 'Maria', text: 'Sorry.' }),
    placedSegment('b', 3000, { speaker: 'us', text: 'Ask her name.', whispered: true }),
    placedSegment('c', 6000, { speaker: 'us', who: 'Tom', text: 'Hello.' }),
    placedSegment('d', 9000, { text: 'Good day.' }),
    placedSegment('e', 12_000, { text: 'שלום' }),
  ]);
  expect(lines).toHaveLength(5);
});

test('both sides of the same moment stand one after the other', () => {
  const lines = linesOf([
    placedSegment('b', 1000, { speaker: 'us', text: 'No.' }),
    placedSegment('a', 1000, { text: 'Yes.' }),
  ]);
  expect(words(lines)).toEqual(['them: Yes.', 'us: No.']);
});

test('a long monologue goes on in a new line with a time and no name', () => {
  const pieces = Array.from({ length: 6 }, (_, at) =>
    placedSegment(`p${at}`, at * 4000, { text: 'word '.repeat(40).trim() }),
  );
  const lines = linesOf(pieces);
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.map(line => line.kind === 'said' && line.continues)).toEqual([false, true]);
});

test('what else happened stands where it happened, and a spoken text once', () => {
  const notes: readonly TranscriptNote[] = [
    { event: 'sound-lost', callId: 'dana', atMs: 5000, lengthMs: 4000, at: NOW },
    { event: 'text-said', callId: 'dana', text: 'One moment.', by: 'stream', at: ZERO + 20_000 },
    { event: 'text-said', callId: 'dana', text: 'Good bye.', by: 'stream', at: ZERO + 40_000 },
  ];
  const said = placedSegment('s', 19_000, { speaker: 'us', by: 'said', text: 'One moment.' });
  expect(words(linesOf([placedSegment('a', 0, { text: 'Hello?' }), said], notes))).toEqual([
    'them: Hello?',
    'sound-lost',
    'us: One moment.',
    'text-said',
  ]);
});

test('of a call that is over what never became final is left out, and so is what was taken back', () => {
  const pieces = [
    placedSegment('a', 0, { text: 'I nev', isFinal: false }),
    placedSegment('b', 1000, { text: '' }),
  ];
  expect(linesOf(pieces, [], true)).toEqual([]);
});

test('lines that say the same stay the same objects', () => {
  const first = placedSegment('a', 0);
  const before = linesOf([first, placedSegment('b', 30_000, { text: 'It w', isFinal: false })]);
  const after = keepSame(
    before,
    linesOf([first, placedSegment('b', 30_000, { text: 'It was', isFinal: false })]),
  );
  expect(after[0]).toBe(before[0]);
  expect(after[1]).not.toBe(before[1]);
  expect(
    keepSame(after, linesOf([first, ...(after[1]?.kind === 'said' ? after[1].pieces : [])])),
  ).toBe(after);
});

test('the line that is heard is the last that has begun', () => {
  const lines = linesOf([placedSegment('a', 1000), placedSegment('b', 30_000)]);
  expect(lineAt(lines, 500)).toBeNull();
  expect(lineAt(lines, 29_000)?.key).toBe('a');
  expect(lineAt(lines, 30_000)?.key).toBe('b');
});
