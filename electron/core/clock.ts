/** Stops a timer. Calling it again, or after the timer fired, does nothing. */
export type Cancel = () => void;

/** Time as an argument: the only way the app learns the time or waits. */
export type Clock = {
  /** Milliseconds since the Unix epoch. May jump when the computer's clock is set. */
  readonly now: () => number;
  /** Milliseconds on a clock that never jumps, for pacing and durations. Has fractions. */
  readonly monotonic: () => number;
  /** Runs `run` once after `delayMs` milliseconds. */
  readonly after: (delayMs: number, run: () => void) => Cancel;
};

/** Runs `run` every `periodMs` milliseconds until cancelled; a slow run delays the next, they never overlap. */
export function every(clock: Clock, periodMs: number, run: () => void): Cancel {
  let cancel: Cancel = () => {};
  const arm = (): void => {
    cancel = clock.after(periodMs, () => {
      arm();
      run();
    });
  };
  arm();
  return () => cancel();
}

/** Waits for work, but not for longer than `limitMs`; what it fails with is passed on within that time. */
export function within(clock: Clock, limitMs: number, work: Promise<unknown>): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(limitMs, resolve);
    work.finally(cancel).then(() => resolve(), reject);
  });
}
