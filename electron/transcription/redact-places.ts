import type { SegmentPlace } from '../core/segment.ts';

/** A stretch of the call's sound, in ms. */
export type MaskedStretch = { readonly atMs: number; readonly lengthMs: number };

/** Recognisers tell the place of a word that inexactly. */
const MARGIN_MS = 150;

/** Where masked words stand in the sound. @param masked the words, in order */
export function stretchesOf(
  text: string,
  place: SegmentPlace,
  masked: readonly number[],
): MaskedStretch[] {
  const words = text.match(/\S+/g) ?? [];
  const starts = startsOf(words, place);
  const stretches: { from: number; to: number }[] = [];
  for (const word of masked) {
    const from = Math.max(0, Math.floor(place.atMs + (starts[word] ?? 0) - MARGIN_MS));
    const to = Math.ceil(place.atMs + (starts[word + 1] ?? place.lengthMs) + MARGIN_MS);
    const last = stretches.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else stretches.push({ from, to });
  }
  return stretches.map(({ from, to }) => ({ atMs: from, lengthMs: to - from }));
}

/** Where words begin, in ms from the place: as told, else as if every letter took as long. */
function startsOf(
  words: readonly string[],
  { wordsMs, lengthMs }: SegmentPlace,
): readonly number[] {
  if (wordsMs !== null && wordsMs.length === words.length) return wordsMs;
  const letters = words.reduce((sum, word) => sum + word.length + 1, 0);
  let before = 0;
  return words.map(word => {
    const start = (lengthMs * before) / letters;
    before += word.length + 1;
    return start;
  });
}
