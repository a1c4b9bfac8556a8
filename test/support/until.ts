import { setTimeout as wait } from 'node:timers/promises';

/** Waits until something is so; fails with its source after `limitMs`. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  limitMs = 60_000,
): Promise<void> {
  const endMs = performance.now() + limitMs;
  while (!(await isSo())) {
    if (performance.now() > endMs) throw new Error(`not so after ${limitMs} ms: ${isSo}`);
    await wait(10);
  }
}
