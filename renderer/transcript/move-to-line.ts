import { bringIntoSight } from './bring-into-sight.ts';

/** How many lines Page Up and Page Down pass over. */
const PAGE_LINES = 10;

/**
 * Moves the focus among the lines of a transcript: arrows by one, Page Up and Page Down by many, Home and
 * End to the ends. Returns false for every other key, and at the ends.
 * @param row the line that has the focus; null when the transcript itself has it
 */
export function moveToLine(key: string, log: HTMLElement, row: Element | null): boolean {
  const rows = [...log.querySelectorAll<HTMLElement>('[data-line]')];
  const at = row instanceof HTMLElement ? rows.indexOf(row) : rows.length;
  const to = wantedLine(key, at, rows.length);
  if (to === null) return false;
  rows[to]?.focus({ preventScroll: true });
  const next = rows[to];
  if (next !== undefined) bringIntoSight(log, next);
  return true;
}

/** The line that a key leads to from another one; null when it leads nowhere. */
export function wantedLine(key: string, at: number, count: number): number | null {
  if (count === 0) return null;
  const within = (line: number) => Math.max(0, Math.min(count - 1, line));
  switch (key) {
    case 'ArrowUp':
      return within(at - 1);
    case 'ArrowDown':
      return within(at + 1);
    case 'PageUp':
      return within(at - PAGE_LINES);
    case 'PageDown':
      return within(at + PAGE_LINES);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
