import type { Attention, AttentionKind } from '../../electron/core/attention.ts';
import type { WallCall } from './wall-call.ts';

/** Why a call wants somebody now. */
export type Want = {
  readonly kind: 'ringing' | 'waiting' | 'problem' | AttentionKind;
  readonly call: WallCall;
  /** Since when, in ms since the epoch. */
  readonly since: number;
  /** What was noticed in the talk; null where something else is the matter. */
  readonly attention: Attention | null;
};

/** How many are shown; the others are counted. */
const SHELF_PLACES = 3;

/** Why calls want somebody now: those that are to come to the front, then the oldest; a few, and how many more there are. */
export function attentionShelf(calls: readonly WallCall[]): {
  readonly shown: readonly Want[];
  readonly more: number;
} {
  const all = calls
    .flatMap(wantsOf)
    .sort((a, b) => Number(isToFront(b)) - Number(isToFront(a)) || a.since - b.since);
  return {
    shown: all.slice(0, SHELF_PLACES),
    more: Math.max(0, all.length - SHELF_PLACES),
  };
}

function isToFront({ attention }: Want): boolean {
  return attention?.toFront === true;
}

function wantsOf(call: WallCall): readonly Want[] {
  const noticed = call.attention.map(attention => ({
    kind: attention.kind,
    call,
    since: attention.since,
    attention,
  }));
  const own = ownWant(call);
  return own === null ? noticed : [own, ...noticed];
}

function ownWant(call: WallCall): Want | null {
  if (call.take !== null) {
    const kind = call.status === 'ringing' ? 'ringing' : 'waiting';
    return { kind, call, since: call.since, attention: null };
  }
  if (call.problem === null) return null;
  const since = call.problemSince ?? call.since;
  return { kind: 'problem', call, since, attention: null };
}
