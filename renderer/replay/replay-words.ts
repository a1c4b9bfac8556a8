import type { ReplaySpeed } from '../../electron/core/replay.ts';
import { formatLength, spellLength } from '../words/times.ts';

/** So near to now counts as now, in ms. */
const NOW_MS = 1000;

/** How far a rewound call is behind, `0:42 ago`. */
export function agoWords(behindMs: number): string {
  return behindMs < NOW_MS ? 'now' : `${formatLength(behindMs)} ago`;
}

/** The same, spelt out for a screen reader: `2 min 10 s ago`. */
export function spelledAgo(behindMs: number): string {
  return behindMs < NOW_MS ? 'now' : `${spellLength(behindMs)} ago`;
}

/** Where the playhead of a recording stands, spelt out. @param speaker who speaks there, if known */
export function spelledPlace(atMs: number, lengthMs: number, speaker: string | null): string {
  const place = `${spellLength(atMs)} of ${spellLength(lengthMs)}`;
  return speaker === null ? place : `${place}, ${speaker} speaking`;
}

/** A speed as written on its control. */
export function speedWords(speed: ReplaySpeed): string {
  return `${speed}×`;
}

/** The next faster or slower of some speeds; the same at either end. */
export function speedStep(
  speed: ReplaySpeed,
  step: 1 | -1,
  speeds: readonly ReplaySpeed[],
): ReplaySpeed {
  const sorted = [...speeds].sort((a, b) => a - b);
  const next = step > 0 ? sorted.find(other => other > speed) : sorted.findLast(o => o < speed);
  return next ?? speed;
}
