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
  /**
   * The longest each side talked with nobody else in between. Pauses under 2 s belong to it, also when the
   * other side said a word in them: less than 500 ms of talk.
   */
  readonly longestThemMs: number;
  readonly longestUsMs: number;
  /** The longest nobody talked between two stretches of talk, time on hold included. */
  readonly longestSilenceMs: number;
};

/** The figures of a call so far, and what the next stretch of talk is compared with. */
export type TalkTally = {
  readonly figures: TalkFigures;
  /** The last stretch of each side; null before the first. */
  readonly last: Readonly<Record<Side, TalkSpan | null>>;
  /** What is settled: no stretch that ends later can change it. */
  readonly settled: SettledTalk;
  /** The stretches of whoever talked last, since the other side last stopped, which may talk since then. */
  readonly run: readonly TalkSpan[];
};

type SettledTalk = {
  readonly longestSilenceMs: number;
  /** The last end of talk; null before the first. */
  readonly endMs: number | null;
  readonly turns: Readonly<Record<Side, TurnTally>>;
  /** Where talk of the other side began that the run does not go on over; null when there is none. */
  readonly cutMs: number | null;
};

/** How long one side talks alone. @field sinceMs, endMs of the turn that its next stretch may go on */
type TurnTally = {
  readonly longestMs: number;
  readonly sinceMs: number;
  readonly endMs: number;
};

/** A turn ends with a pause of so long. */
const PAUSE_MS = 2000;

/** Talk of the other side below this is a word that ends no turn. */
const WORD_MS = 500;

/** Stretches one side may have while the other talks on: of more the first are settled. */
const LONGEST_RUN = 100;

/** Before the first, which goes on with nothing. */
const NO_TURN: TurnTally = { longestMs: 0, sinceMs: 0, endMs: -PAUSE_MS };

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
  settled: {
    longestSilenceMs: 0,
    endMs: null,
    turns: { them: NO_TURN, us: NO_TURN },
    cutMs: null,
  },
  run: [],
};

/**
 * The figures once another stretch of talk has ended. Stretches come in the order in which they end, so
 * that one that comes later may still lie over several of the other side that came before it.
 */
export function talkAfter(tally: TalkTally, span: TalkSpan): TalkTally {
  const { figures, last } = tally;
  const { speaker, lengthMs } = span;
  const isOther = tally.run[0] !== undefined && tally.run[0].speaker !== speaker;
  const over = isOther ? tally.run.map(each => overlapMs(span, each)) : [];
  const before = isOther ? settleAll(tally, span) : settleFirst(tally);
  const run = [...before.run, span];
  const seen = run.reduce((settled, each) => withSpan(settled, each, null), before.settled);
  return {
    figures: {
      themMs: figures.themMs + (speaker === 'them' ? lengthMs : 0),
      usMs: figures.usMs + (speaker === 'us' ? lengthMs : 0),
      overTalkMs: over.reduce((sum, each) => sum + each, figures.overTalkMs),
      longestThemMs: seen.turns.them.longestMs,
      longestUsMs: seen.turns.us.longestMs,
      longestSilenceMs: seen.longestSilenceMs,
    },
    last: { ...last, [speaker]: span },
    settled: before.settled,
    run,
  };
}

type Unsettled = Pick<TalkTally, 'settled' | 'run'>;

/** Settles a run that a stretch of the other side follows. */
function settleAll({ settled, run }: TalkTally, next: TalkSpan): Unsettled {
  const after = run.reduce((so, each) => withSpan(so, each, next), settled);
  const talk = run.filter(({ lengthMs }) => lengthMs >= WORD_MS);
  const cutMs = talk.length === 0 ? null : Math.min(...talk.map(({ atMs }) => atMs));
  return { settled: { ...after, cutMs }, run: [] };
}

/** Settles the first stretch of a run that is too long. */
function settleFirst({ settled, run }: TalkTally): Unsettled {
  const [first, ...rest] = run;
  if (first === undefined || run.length < LONGEST_RUN) return { settled, run };
  return { settled: withSpan(settled, first, null), run: rest };
}

/** Adds a stretch. @param other the one of the other side that began before the next of this side; null when there is none */
function withSpan(settled: SettledTalk, span: TalkSpan, other: TalkSpan | null): SettledTalk {
  const { speaker, atMs } = span;
  const turn = settled.turns[speaker];
  const isCut = settled.cutMs !== null && settled.cutMs < atMs;
  const isTalkedOver = other !== null && other.lengthMs >= WORD_MS && other.atMs < atMs;
  const goesOn = atMs - turn.endMs < PAUSE_MS && !isCut && !isTalkedOver;
  const sinceMs = goesOn ? turn.sinceMs : atMs;
  const endMs = endOf(span);
  const longestMs = Math.max(turn.longestMs, endMs - sinceMs);
  const talksFrom = other === null ? atMs : Math.min(atMs, other.atMs);
  const silenceMs = settled.endMs === null ? 0 : talksFrom - settled.endMs;
  return {
    longestSilenceMs: Math.max(settled.longestSilenceMs, silenceMs),
    endMs: Math.max(settled.endMs ?? endMs, endMs),
    turns: { ...settled.turns, [speaker]: { longestMs, sinceMs, endMs } },
    cutMs: null,
  };
}

function endOf({ atMs, lengthMs }: TalkSpan): number {
  return atMs + lengthMs;
}

function overlapMs(one: TalkSpan, other: TalkSpan): number {
  return Math.max(0, Math.min(endOf(one), endOf(other)) - Math.max(one.atMs, other.atMs));
}
