import type { Side } from '../core/segment.ts';

/** Where somebody talked, in ms of the call. @field toMs null while it goes on @field isRest its begin was used up */
type Stretch = { fromMs: number; toMs: number | null; isRest: boolean };

/**
 * Where each side of a call talked, as voice activity tells it: what gives words a place that come
 * without one. A stretch is used up by the words that were said in it.
 */
export type TalkStretches = {
  readonly talking: (side: Side, on: boolean, atMs: number) => void;
  /** Where the talk that goes on began; null while the side is quiet. */
  readonly since: (side: Side) => number | null;
  /**
   * Where words begin of which the first came just now; null when no talk is known for them.
   * @param sinceMs nobody listened before it
   */
  readonly beginOf: (side: Side, nowMs: number, sinceMs?: number) => number | null;
  /** Where words end whose last came just now; the talk so far is used up by them. */
  readonly endOf: (side: Side, nowMs: number, sinceMs?: number) => number | null;
};

/** Words come at least so long after they were said, in ms. */
const SHORTEST_DELAY_MS = 200;

/** Talk that ended so long ago, in ms, had no words that anybody understood, if somebody talked since. */
const OLD_MS = 10_000;

/** What is left of a stretch counts from this length on, in ms: less is only a late last word on its end. */
const REST_MS = 300;

/** Stretches kept of each side. */
const KEPT = 50;

/** Whether talk went on when somebody began to listen, or began later. */
function isHeard({ toMs }: Stretch, sinceMs: number): boolean {
  return toMs === null || toMs > sinceMs;
}

/** Nobody talked yet. */
export function createTalkStretches(): TalkStretches {
  const sides: Record<Side, Stretch[]> = { them: [], us: [] };

  return {
    talking: (side, on, atMs) => {
      const stretches = sides[side];
      const last = stretches.at(-1);
      const isOpen = last !== undefined && last.toMs === null;
      if (on && !isOpen) stretches.push({ fromMs: atMs, toMs: null, isRest: false });
      if (!on && isOpen) {
        last.toMs = atMs;
        // The words on it came before its end was told.
        if (last.isRest && atMs - last.fromMs < REST_MS) stretches.pop();
      }
      if (stretches.length > KEPT) stretches.shift();
    },
    since: side => {
      const last = sides[side].at(-1);
      return last !== undefined && last.toMs === null ? last.fromMs : null;
    },
    beginOf: (side, nowMs, sinceMs = 0) => {
      const begun = sides[side].filter(each => each.fromMs < nowMs && isHeard(each, sinceMs));
      const recent = begun.find(({ toMs }) => toMs === null || toMs > nowMs - OLD_MS);
      const found = recent ?? begun.at(-1);
      return found === undefined ? null : Math.max(found.fromMs, sinceMs);
    },
    endOf: (side, nowMs, sinceMs = 0) => {
      const limit = nowMs - SHORTEST_DELAY_MS;
      const last = sides[side].findLast(each => each.fromMs < limit && isHeard(each, sinceMs));
      if (last === undefined) return null;
      const endMs = Math.min(last.toMs ?? limit, limit);
      const isLeft = last.toMs === null || last.toMs - endMs >= REST_MS;
      if (isLeft) {
        last.fromMs = endMs;
        last.isRest = true;
      }
      sides[side] = sides[side].slice(sides[side].indexOf(last) + (isLeft ? 0 : 1));
      return endMs;
    },
  };
}
