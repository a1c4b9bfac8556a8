import type { ToldSegment, TranscriptNote } from '../../electron/core/transcript.ts';
import { groupedBy } from './grouped-by.ts';
import { findIn, type Range } from './text-marks.ts';

/** Where watch words were said, piece by piece. */
export type Watched = ReadonlyMap<string, readonly Range[]>;

/** Whether the same words are marked at the same places. */
export function isSameWatched(one: Watched, other: Watched): boolean {
  return String([...one]) === String([...other]);
}

/** Where words that somebody watches for stand in the pieces they were said in. */
export function watchedWords(
  pieces: readonly ToldSegment[],
  notes: readonly TranscriptNote[],
): Watched {
  const heard = notes.filter(note => note.event === 'watch-word-heard');
  const wanted = new Set(heard.map(({ segmentId }) => segmentId));
  const texts = new Map(
    pieces.flatMap(({ segmentId, text }) => (wanted.has(segmentId) ? [[segmentId, text]] : [])),
  );
  return new Map(
    [...groupedBy(heard, ({ segmentId }) => segmentId)].map(([segmentId, words]) => [
      segmentId,
      words.flatMap(note => findIn(texts.get(segmentId) ?? '', note.words).slice(0, 1)),
    ]),
  );
}
