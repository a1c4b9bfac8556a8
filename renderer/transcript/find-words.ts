import { findIn, type Range } from './text-marks.ts';
import { lineText, type SaidLine, type TranscriptLine } from './transcript-lines.ts';
import { wordAt } from './word-places.ts';

/** A place where what is looked for was said. */
export type Match = { readonly key: TranscriptLine['key']; readonly range: Range };

const NO_PLACES: readonly number[] = [];

/** All places where words were said, in the order of the lines. */
export function matchesOf(lines: readonly TranscriptLine[], words: string): readonly Match[] {
  if (words.trim() === '') return [];
  return lines.flatMap(line =>
    line.kind === 'note'
      ? []
      : findIn(lineText(line), words).map(range => ({ key: line.key, range })),
  );
}

/** The first of some matches that is in a piece of a line; 0 when none is. */
export function firstMatchIn(
  matches: readonly Match[],
  lines: readonly TranscriptLine[],
  segmentId: string,
): number {
  const line = lines.find(one => one.kind === 'said' && hasPiece(one, segmentId));
  if (line?.kind !== 'said') return 0;
  const index = line.pieces.findIndex(piece => piece.segmentId === segmentId);
  const from = line.pieces.slice(0, index).reduce((at, { text }) => at + text.length + 1, 0);
  const at = matches.findIndex(({ key, range }) => key === line.key && range[1] > from);
  return Math.max(0, at);
}

/** Whether a piece is among the lines. */
export function isAmong(lines: readonly TranscriptLine[], segmentId: string): boolean {
  return lines.some(line => line.kind === 'said' && hasPiece(line, segmentId));
}

/** Where matches are in the call's sound, in ms; those without a place are left out. */
export function soundPlaces(
  matches: readonly Match[],
  lines: readonly TranscriptLine[],
): readonly number[] {
  if (matches.length === 0) return NO_PLACES;
  const byKey = new Map(lines.map(line => [line.key, line]));
  return matches.flatMap(({ key, range }) => {
    const line = byKey.get(key);
    if (line?.kind !== 'said') return [];
    let from = 0;
    for (const piece of line.pieces) {
      const to = from + piece.text.length;
      if (range[0] <= to) {
        const word = wordAt(piece, Math.max(0, range[0] - from));
        return word === null ? [] : [word.atMs];
      }
      from = to + 1;
    }
    return [];
  });
}

function hasPiece({ pieces }: SaidLine, segmentId: string): boolean {
  return pieces.some(piece => piece.segmentId === segmentId);
}

/** The place after one, or with -1 before it, round the ends; 0 when there is none. */
export function nextMatch(at: number, step: 1 | -1, count: number): number {
  return count === 0 ? 0 : (at + step + count) % count;
}

/** How many were found, and which of them is looked at: `2 of 9`. */
export function matchWords(at: number, count: number): string {
  return count === 0 ? 'Not said' : `${at + 1} of ${count}`;
}
