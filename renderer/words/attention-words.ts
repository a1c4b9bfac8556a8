import type { Attention } from '../../electron/core/attention.ts';
import { formatLength, spellLength } from './times.ts';

/** Why a call wants to be looked at, as short as a row or a tile needs: `said “refund”`, `no speech 22 s`. */
export function shortAttention({ kind, label, since }: Attention, now: number): string {
  const lastsMs = Math.max(0, now - since);
  switch (kind) {
    case 'watch-word':
      return `said “${label}”`;
    case 'dead-air':
      return `no speech ${spellLength(lastsMs)}`;
    case 'over-talk':
      return 'both talk';
    case 'long-hold':
      return `on hold ${formatLength(lastsMs)}`;
  }
}

/**
 * The one of several that is shown where there is room for one: what was said comes before what only
 * lasts, then the newest; null when there is none.
 */
export function foremostAttention(attention: readonly Attention[]): Attention | null {
  const said = attention.filter(({ kind }) => kind === 'watch-word');
  return [...(said.length > 0 ? said : attention)].sort((a, b) => b.since - a.since)[0] ?? null;
}
