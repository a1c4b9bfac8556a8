import { findIn, type Range } from './text-marks.ts';
import { lineText, type TranscriptLine } from './transcript-lines.ts';

/** A place where what is looked for was said. */
export type Match = { readonly key: TranscriptLine['key']; readonly range: Range };

/** All places where words were said, in the order of the lines. */
export function matchesOf(lines: readonly TranscriptLine[], words: string): readonly Match[] {
  if (words.trim() === '') return [];
  return lines.flatMap(line =>
    line.kind === 'note'
      ? []
      : findIn(lineText(line), words).map(range => ({ key: line.key, range })),
  );
}

/** The place after one, or with -1 before it, round the ends; 0 when there is none. */
export function nextMatch(at: number, step: 1 | -1, count: number): number {
  return count === 0 ? 0 : (at + step + count) % count;
}

/** How many were found, and which of them is looked at: `2 of 9`. */
export function matchWords(at: number, count: number): string {
  return count === 0 ? 'Not said' : `${at + 1} of ${count}`;
}
