import type { WallCall } from './wall-call.ts';

/** A call that wants somebody now. */
export type Attention = {
  readonly kind: 'ringing' | 'waiting' | 'problem';
  readonly call: WallCall;
  /** Since when, in ms since the epoch. */
  readonly since: number;
};

/** How many are shown; the others are counted. */
const SHELF_PLACES = 3;

/** Who wants somebody now, the oldest first: a few, and how many more there are. */
export function attentionShelf(calls: readonly WallCall[]): {
  readonly shown: readonly Attention[];
  readonly more: number;
} {
  const all = calls
    .map(attentionOf)
    .filter(attention => attention !== null)
    .sort((a, b) => a.since - b.since);
  return {
    shown: all.slice(0, SHELF_PLACES),
    more: Math.max(0, all.length - SHELF_PLACES),
  };
}

function attentionOf(call: WallCall): Attention | null {
  if (call.take !== null) {
    return { kind: call.status === 'ringing' ? 'ringing' : 'waiting', call, since: call.since };
  }
  if (call.problem === null) return null;
  return { kind: 'problem', call, since: call.problemSince ?? call.since };
}
