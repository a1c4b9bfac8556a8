/** How long the browser may take for one step; a Bluetooth headset opens within 3 s. */
const STEP_LIMIT_MS = 8000;

/**
 * Waits for a step of the browser's, which may never settle where a driver hangs.
 * Throws a `TimeoutError` then. @param undo takes back what comes too late
 */
export function inTime<T>(step: Promise<T>, undo: (late: T) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    let isOver = false;
    const limit = setTimeout(() => {
      isOver = true;
      reject(new DOMException('the device does not answer', 'TimeoutError'));
    }, STEP_LIMIT_MS);
    step
      .then(
        value => (isOver ? undo(value) : resolve(value)),
        (error: unknown) => reject(error),
      )
      .finally(() => clearTimeout(limit));
  });
}
