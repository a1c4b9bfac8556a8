import type { CallId } from '../../electron/core/call.ts';
import type { WallCall } from './wall-call.ts';

/** What names one time that a call was to come to the front. */
type FrontKey = string;

/**
 * The call that comes to the front now: one that is to, and did not yet. With several the newest.
 * @param seen what came to the front before
 */
export function frontCall(
  calls: readonly WallCall[],
  seen: ReadonlySet<FrontKey>,
): { readonly call: WallCall | null; readonly seen: ReadonlySet<FrontKey> } {
  const all = calls.flatMap(call =>
    call.attention
      .filter(({ toFront }) => toFront)
      .map(({ kind, since }) => ({ call, since, key: `${call.callId} ${kind} ${since}` })),
  );
  const fresh = all.filter(({ key }) => !seen.has(key)).sort((a, b) => b.since - a.since);
  return { call: fresh[0]?.call ?? null, seen: new Set(all.map(({ key }) => key)) };
}

/** What the person is busy with, which nothing may be put before. */
type Busy = {
  /** The call that keys mean now. */
  readonly chosen: CallId | null;
  /** The call the microphone belongs to. */
  readonly microphone: CallId | null;
};

/** Whether another call may become the one that keys mean: not while the person may be speaking on the one that is. */
export function maySelect({ chosen, microphone }: Busy): boolean {
  return chosen === null || chosen !== microphone;
}
