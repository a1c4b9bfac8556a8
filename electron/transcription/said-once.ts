import type { Side } from '../core/segment.ts';
import type { Understood } from './writer.ts';

/** Where final words stand, in ms of the call's sound. */
type Covered = {
  readonly run: number;
  readonly speaker: Side;
  readonly fromMs: number;
  readonly toMs: number;
};

/** Knows what was told of a call, so that two who listened at the same time say nothing twice. */
type SaidOnce = {
  /** Final words of a writer were told. */
  readonly add: (run: number, piece: Understood) => void;
  /** What nobody else has told of a piece; null when that is nothing. */
  readonly rest: (run: number, piece: Understood) => Understood | null;
};

/** Pieces that are remembered: those around a change of writers. */
const KEPT = 40;

/** Nothing was told yet. */
export function createSaidOnce(): SaidOnce {
  let told: readonly Covered[] = [];

  return {
    add: (run, { speaker, place, text }) => {
      if (place === null || text === '') return;
      const one = { run, speaker, fromMs: place.atMs, toMs: place.atMs + place.lengthMs };
      told = [...told, one].slice(-KEPT);
    },
    rest: (run, piece) => {
      const { place, speaker } = piece;
      if (place === null) return piece;
      const toMs = place.atMs + place.lengthMs;
      const others = told.filter(
        one =>
          one.run !== run && one.speaker === speaker && one.fromMs < toMs && place.atMs < one.toMs,
      );
      return others.length === 0 ? piece : without(piece, place, others);
    },
  };
}

/** A piece without the words that stand where others do; as a whole or not at all when its words have no places. */
function without(
  piece: Understood,
  place: NonNullable<Understood['place']>,
  others: readonly Covered[],
): Understood | null {
  const isTold = (ms: number): boolean =>
    others.some(({ fromMs, toMs }) => ms >= fromMs && ms < toMs);
  const words = piece.text.split(/\s+/).filter(word => word !== '');
  const { wordsAtMs } = piece;
  if (wordsAtMs === null || wordsAtMs.length !== words.length) {
    return isTold(place.atMs + place.lengthMs / 2) ? null : piece;
  }
  const kept = wordsAtMs.flatMap((ms, i) => (isTold(ms) ? [] : [{ ms, i }]));
  const [first] = kept;
  const last = kept.at(-1);
  if (first === undefined || last === undefined) return null;
  if (kept.length === words.length) return piece;
  const endMs = wordsAtMs[last.i + 1] ?? place.atMs + place.lengthMs;
  return {
    ...piece,
    text: kept.map(({ i }) => words[i]).join(' '),
    wordsAtMs: kept.map(({ ms }) => ms),
    place: { atMs: first.ms, lengthMs: Math.max(0, endMs - first.ms) },
  };
}
