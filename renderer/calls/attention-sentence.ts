import type { Attention } from '../../electron/core/attention.ts';
import { spellLength } from '../words/times.ts';

/** Why a call wants to be looked at, in a few words: `Said “refund”`, `Nobody talks, 22 s`. */
export function attentionWords({ kind, label, since }: Attention, now: number): string {
  const length = spellLength(Math.max(0, now - since));
  switch (kind) {
    case 'watch-word':
      return `Said “${label}”`;
    case 'dead-air':
      return `Nobody talks, ${length}`;
    case 'over-talk':
      return `Both talk at once, ${length}`;
    case 'long-hold':
      return `On hold, ${length}`;
  }
}
