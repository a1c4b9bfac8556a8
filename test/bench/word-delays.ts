import type { HeardPiece } from '../../electron/core/transcriber.ts';

/** A piece, and how far its sound had been fed when it was told: both in ms of the call. */
export type ToldPiece = { readonly piece: HeardPiece; readonly fedMs: number };

/** How long each word took after it began to be said, in ms. */
export type WordDelays = {
  /** Until something stood in its place. */
  readonly first: readonly number[];
  /** Until it was final. */
  readonly final: readonly number[];
};

/** Of everything told of one file. Only words whose places the transcriber told are counted. */
export function wordDelays(told: readonly ToldPiece[]): WordDelays {
  const first: number[] = [];
  const final: number[] = [];
  for (const { piece, fedMs } of told) {
    if (!piece.isFinal || piece.wordsAtMs === null) continue;
    const versions = told.filter(one => one.piece.id === piece.id);
    for (const [i, atMs] of piece.wordsAtMs.entries()) {
      const shown = versions.find(one => one.piece.text.split(' ').length > i);
      first.push((shown?.fedMs ?? fedMs) - atMs);
      final.push(fedMs - atMs);
    }
  }
  return { first, final };
}
