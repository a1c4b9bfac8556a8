/** How a list is scrolled, in pixels. */
type Scrolled = {
  readonly scrollTop: number;
  readonly scrollHeight: number;
  readonly clientHeight: number;
};

/** So near to the end, in pixels, the newest line is in sight. */
const NEAR_END = 24;

/** For so long after the pointer moved over the lines nothing moves under it, in ms. */
export const POINTER_REST_MS = 3000;

/** Whether the newest line is in sight. */
export function isAtEnd({ scrollTop, scrollHeight, clientHeight }: Scrolled): boolean {
  return scrollHeight - scrollTop - clientHeight < NEAR_END;
}

/**
 * Whether a list follows what is said after it was scrolled: a reader who goes up stops it, one who
 * comes to the end starts it again.
 * @param by who scrolled: the reader, or this list itself, which changes nothing
 */
export function followsAfter(
  follows: boolean,
  before: number,
  now: Scrolled,
  by: 'reader' | 'itself',
): boolean {
  if (by === 'itself') return follows;
  if (isAtEnd(now)) return true;
  return now.scrollTop < before ? false : follows;
}

/** For how much longer, in ms, nothing may move under the pointer. @param movedAt when it moved; null: it is elsewhere */
export function restMs(movedAt: number | null, now: number): number {
  return movedAt === null ? 0 : Math.max(0, movedAt + POINTER_REST_MS - now);
}

/** What the way back to now is called. @param lines how many came in since the reader went up */
export function jumpWords(lines: number): string {
  if (lines === 0) return '↓ Jump to now';
  return lines === 1 ? '↓ Jump to now, 1 new line' : `↓ Jump to now, ${lines} new lines`;
}
