import { type EndedCall, talkTimeMs } from '../../electron/core/call.ts';
import type { Recording } from '../../electron/core/recording.ts';

/** What of a call's recordings can be played, or why nothing can. */
export type RecordingState =
  | { readonly kind: 'kept'; readonly recordings: readonly Recording[]; readonly lengthMs: number }
  | { readonly kind: 'waiting' | 'finishing' | 'lost' | 'deleted' | 'none' };

/** What can be played of a call, from all that is known of its recordings. */
export function recordingState(call: EndedCall, known: readonly Recording[]): RecordingState {
  const kept = known
    .filter(({ status }) => status === 'kept')
    .sort((a, b) => a.offsetMs - b.offsetMs);
  if (kept.length > 0) {
    const ends = kept.map(({ offsetMs, durationMs }) => offsetMs + durationMs);
    const lengthMs = Math.max(...ends, talkTimeMs(call, call.endedAt));
    return { kind: 'kept', recordings: kept, lengthMs };
  }
  const has = (status: Recording['status']) => known.some(recording => recording.status === status);
  if (has('waiting')) return { kind: 'waiting' };
  if (has('running')) return { kind: 'finishing' };
  if (has('lost')) return { kind: 'lost' };
  if (has('deleted')) return { kind: 'deleted' };
  return { kind: call.recorded === 'waiting' ? 'waiting' : 'none' };
}

/** The nearest moment that was recorded. */
export function recordedMoment(atMs: number, recordings: readonly Recording[]): number {
  let nearest = atMs;
  let distance = Number.POSITIVE_INFINITY;
  for (const { offsetMs, durationMs } of recordings) {
    const inside = Math.max(offsetMs, Math.min(atMs, offsetMs + durationMs));
    if (Math.abs(inside - atMs) < distance) {
      nearest = inside;
      distance = Math.abs(inside - atMs);
    }
  }
  return Math.max(0, nearest);
}

/** A stretch of a call, in ms of its sound. */
type Stretch = { readonly atMs: number; readonly lengthMs: number };

/** A stretch shorter than this is not worth showing as missing, in ms. */
const WORTH_MS = 1000;

/** The stretches of a call that no recording holds. */
export function unrecordedOf(
  recordings: readonly Recording[],
  lengthMs: number,
): readonly Stretch[] {
  const gaps: Stretch[] = [];
  let until = 0;
  for (const { offsetMs, durationMs } of [...recordings].sort((a, b) => a.offsetMs - b.offsetMs)) {
    if (offsetMs - until >= WORTH_MS) gaps.push({ atMs: until, lengthMs: offsetMs - until });
    until = Math.max(until, offsetMs + durationMs);
  }
  if (lengthMs - until >= WORTH_MS) gaps.push({ atMs: until, lengthMs: lengthMs - until });
  return gaps;
}
