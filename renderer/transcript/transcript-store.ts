import { useEffect } from 'react';
import type { CallId } from '../../electron/core/call.ts';
import type { Problem } from '../../electron/core/problem.ts';
import type { Segment } from '../../electron/core/segment.ts';
import type { ToldSegment, TranscriptNote } from '../../electron/core/transcript.ts';
import { ask, consoleStore } from '../earshot.ts';
import { createStore } from '../state/store.ts';
import { useStore } from '../state/use-store.ts';
import { groupedBy } from './grouped-by.ts';
import { isSamePiece, withPieces } from './pieces.ts';

/** What this window knows of the words of a call. */
type KnownTranscript = {
  readonly pieces: readonly ToldSegment[];
  readonly notes: readonly TranscriptNote[];
  /** The zero of all places, in ms since the epoch; null without sound, or before it is told. */
  readonly soundStartedAt: number | null;
  /** Whether all of it was told, not only what came in while this window was open. */
  readonly isWhole: boolean;
  /** Why it could not be told. */
  readonly problem: Problem | null;
};

const NOTHING: KnownTranscript = {
  pieces: [],
  notes: [],
  soundStartedAt: null,
  isWhole: false,
  problem: null,
};

const known = createStore<ReadonlyMap<CallId, KnownTranscript>>(new Map());

/** Calls whose transcripts are on screen, and by how many views. */
const shown = new Map<CallId, number>();

/** Collects what is said on all calls from now on; returns how to stop. */
export function followTranscripts(): () => void {
  let seen = new Map<string, Segment>();
  const collect = () => {
    const { segments } = consoleStore.get();
    const now = Date.now();
    const news = segments.filter(segment => {
      const before = seen.get(segment.segmentId);
      return before === undefined || !isSamePiece(before, segment);
    });
    seen = new Map(segments.map(segment => [segment.segmentId, segment]));
    const told = groupedBy(
      news.map(segment => ({ ...segment, at: now })),
      ({ callId }) => callId,
    );
    forgetEnded();
    for (const [callId, pieces] of told) {
      if (!isWanted(callId)) continue;
      const before = known.get().get(callId) ?? NOTHING;
      change(callId, { ...before, pieces: withPieces(before.pieces, pieces) });
    }
  };
  collect();
  return consoleStore.subscribe(collect);
}

/**
 * What is known of the words of a call; asks for all of it when it is first shown.
 * @param anew asked again whenever this changes @param everyMs asked again this often; null never
 */
export function useTranscript(
  callId: CallId,
  anew: unknown,
  everyMs: number | null,
): KnownTranscript {
  useEffect(() => {
    shown.set(callId, (shown.get(callId) ?? 0) + 1);
    return () => {
      const views = (shown.get(callId) ?? 1) - 1;
      if (views > 0) shown.set(callId, views);
      else shown.delete(callId);
    };
  }, [callId]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asks again when `anew` changes
  useEffect(() => {
    void askTranscript(callId);
    if (everyMs === null) return;
    const timer = setInterval(() => void askTranscript(callId), everyMs);
    return () => clearInterval(timer);
  }, [callId, anew, everyMs]);
  return useStore(known, all => all.get(callId) ?? NOTHING);
}

/** Asks for all that was said on a call. Words that came in meanwhile stay. */
async function askTranscript(callId: CallId): Promise<void> {
  const outcome = await ask({ command: 'transcript', callId });
  if (!shown.has(callId)) return;
  const before = known.get().get(callId) ?? NOTHING;
  if (!outcome.ok) {
    change(callId, { ...before, problem: outcome.problem });
    return;
  }
  const { segments, notes, soundStartedAt } = outcome;
  change(callId, {
    pieces: withPieces(before.pieces, segments),
    notes: sameNotes(before.notes, notes) ? before.notes : notes,
    soundStartedAt,
    isWhole: true,
    problem: null,
  });
}

function change(callId: CallId, next: KnownTranscript): void {
  known.set(new Map([...known.get(), [callId, next]]));
}

/** Notes are only ever added. */
function sameNotes(before: readonly TranscriptNote[], after: readonly TranscriptNote[]): boolean {
  return before.length === after.length && before.at(-1)?.at === after.at(-1)?.at;
}

function isWanted(callId: CallId): boolean {
  if (shown.has(callId)) return true;
  const call = consoleStore.get().calls.find(({ id }) => id === callId);
  return call !== undefined && call.status !== 'ended';
}

/** Forgets the words of calls that are over and not on screen. */
function forgetEnded(): void {
  const kept = [...known.get()].filter(([callId]) => isWanted(callId));
  if (kept.length < known.get().size) known.set(new Map(kept));
}
