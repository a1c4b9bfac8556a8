import type { Pointing } from '../../electron/core/line.ts';

/** Whether the number counts as taken after its calls went from one place to another. */
export function isTaken(taken: boolean, before: Pointing['to'], after: Pointing['to']): boolean {
  if (after === 'another-desk') return taken || before === 'here';
  return after === 'unknown' && taken;
}
