/** Where an arrow key points. */
export type Arrow = 'left' | 'right' | 'up' | 'down';

/**
 * The place an arrow leads to from another: the next one that way with a call in it, or the same.
 * Left and right go on in the row before or after; up and down stay in the column.
 * @param from the place now; -1 when the focus is on none
 * @param taken which places have a call
 */
export function nextPlace(
  from: number,
  arrow: Arrow,
  columns: number,
  taken: readonly boolean[],
): number {
  if (from < 0) return taken.indexOf(true);
  const step = { left: -1, right: 1, up: -columns, down: columns }[arrow];
  for (let at = from + step; at >= 0 && at < taken.length; at += step) {
    if (taken[at] === true) return at;
  }
  return from;
}
