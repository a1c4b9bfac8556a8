/** Where in a call the sound of one connection belongs: what is understood is placed in the connection's own time. */
type StreamMap = {
  /** More was sent. @param atMs where in the call it begins, in ms */
  readonly sent: (atMs: number, lengthMs: number) => void;
  /** How much was sent, in ms: the connection's own time. */
  readonly sentMs: () => number;
  /** Where in the call something begins. @param streamMs in the connection's own time */
  readonly startAt: (streamMs: number) => number;
  /** Where in the call something ends: where sound was left out, before the gap. */
  readonly endAt: (streamMs: number) => number;
};

/** What follows so closely, in ms, goes on without a gap: times of the call have fractions. */
const SAME_MS = 0.5;

/** A map of a connection that sent nothing yet. */
export function createStreamMap(): StreamMap {
  const runs: { readonly streamMs: number; readonly atMs: number; lengthMs: number }[] = [];
  let sentMs = 0;
  const place = (streamMs: number, isIn: (afterMs: number) => boolean): number => {
    const run = runs.findLast(({ streamMs: startMs }) => isIn(streamMs - startMs)) ?? runs[0];
    if (run === undefined) return streamMs;
    const intoMs = Math.min(Math.max(streamMs - run.streamMs, 0), run.lengthMs);
    return run.atMs + intoMs;
  };
  return {
    sent: (atMs, lengthMs) => {
      const last = runs.at(-1);
      if (last !== undefined && Math.abs(last.atMs + last.lengthMs - atMs) < SAME_MS) {
        last.lengthMs += lengthMs;
      } else {
        runs.push({ streamMs: sentMs, atMs, lengthMs });
      }
      sentMs += lengthMs;
    },
    sentMs: () => sentMs,
    startAt: streamMs => place(streamMs, afterMs => afterMs >= 0),
    endAt: streamMs => place(streamMs, afterMs => afterMs > 0),
  };
}
