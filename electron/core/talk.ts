import type { Side } from './segment.ts';

/** A stretch in which one side of a call talked, in ms of the call's sound. */
export type TalkSpan = {
  readonly speaker: Side;
  readonly atMs: number;
  readonly lengthMs: number;
};

/** How the talk of a call was shared, all in ms. */
export type TalkFigures = {
  /** How long each side talked. */
  readonly themMs: number;
  readonly usMs: number;
  /** How long both talked at once. */
  readonly overTalkMs: number;
  /** The longest each side talked with nobody else in between: pauses under 2 s belong to it. */
  readonly longestThemMs: number;
  readonly longestUsMs: number;
  /** The longest nobody talked between two stretches of talk. */
  readonly longestSilenceMs: number;
};

/** The figures of a call so far, and what the next stretch of talk is compared with. */
export type TalkTally = {
  readonly figures: TalkFigures;
  /** The last stretch of each side; null before the first. */
  readonly last: Readonly<Record<Side, TalkSpan | null>>;
};

/** Nobody has talked yet. */
export const NO_TALK: TalkTally = {
  figures: {
    themMs: 0,
    usMs: 0,
    overTalkMs: 0,
    longestThemMs: 0,
    longestUsMs: 0,
    longestSilenceMs: 0,
  },
  last: { them: null, us: null },
};

/** The figures once another stretch of talk has ended. Stretches come in the order in which they end. */
export function talkAfter({ figures, last }: TalkTally, span: TalkSpan): TalkTally {
  const { speaker, atMs, lengthMs } = span;
  const other = last[speaker === 'them' ? 'us' : 'them'];
  const overlap = other === null ? 0 : overlapMs(span, other);
  const overTalkMs = figures.overTalkMs + overlap;
  const grown =
    speaker === 'them'
      ? {
          themMs: figures.themMs + lengthMs,
          longestThemMs: Math.max(figures.longestThemMs, lengthMs),
        }
      : { usMs: figures.usMs + lengthMs, longestUsMs: Math.max(figures.longestUsMs, lengthMs) };
  const before = Math.max(endOf(last.them), endOf(last.us));
  const silence = last.them === null && last.us === null ? 0 : Math.max(0, atMs - before);
  const longestSilenceMs = Math.max(figures.longestSilenceMs, silence);
  return {
    figures: { ...figures, ...grown, overTalkMs, longestSilenceMs },
    last: { ...last, [speaker]: span },
  };
}

function endOf(span: TalkSpan | null): number {
  return span === null ? 0 : span.atMs + span.lengthMs;
}

function overlapMs(one: TalkSpan, other: TalkSpan): number {
  return Math.max(0, Math.min(endOf(one), endOf(other)) - Math.max(one.atMs, other.atMs));
}
