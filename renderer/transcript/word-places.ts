import type { ToldSegment } from '../../electron/core/transcript.ts';

/** A word of a piece: where it stands in its text, from and to (exclusive), and in the call's sound, in ms. */
export type PlacedWord = { readonly from: number; readonly to: number; readonly atMs: number };

/** The word at a place of a piece's text, with where it is said; null where the piece has no place in the sound. */
export function wordAt(
  { text, place }: Pick<ToldSegment, 'text' | 'place'>,
  offset: number,
): PlacedWord | null {
  if (place === null) return null;
  const words = text.split(' ');
  let from = 0;
  for (const [index, word] of words.entries()) {
    const to = from + word.length;
    if (offset <= to || index === words.length - 1) {
      const told = place.wordsMs?.length === words.length ? place.wordsMs[index] : undefined;
      // Where the transcriber does not tell, letters are taken to be said evenly.
      const spread = (from / Math.max(1, text.length)) * place.lengthMs;
      return { from, to, atMs: place.atMs + (told ?? spread) };
    }
    from = to + 1;
  }
  return null;
}
