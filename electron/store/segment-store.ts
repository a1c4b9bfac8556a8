import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { CallId } from '../core/call.ts';
import type { CallEvent } from '../core/events.ts';
import type { Segment } from '../core/segment.ts';
import type { ToldSegment } from '../core/transcript.ts';

/** What is kept of what was said. */
export type SegmentStore = {
  /** What was said on a call, in the order in which it was told. */
  readonly segmentsOf: (callId: CallId) => ToldSegment[];
};

/** A segment as its table has it. */
export type SegmentRow = {
  readonly id: number;
  readonly segment_id: string;
  readonly call_id: string;
  readonly at: number;
  readonly text: string;
  /** The rest of it as JSON. */
  readonly detail: string;
};

type SegmentEvent = Extract<CallEvent, { event: 'segment' }>;

/** Builds the store over an open database. `write` works a segment in, within the caller's transaction. */
export function createSegmentStore(
  database: DatabaseSyncInstance,
): SegmentStore & { readonly write: (event: SegmentEvent) => void } {
  const keep = database.prepare(
    `INSERT INTO segments (segment_id, call_id, at, text, detail) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (segment_id) DO UPDATE SET text = excluded.text, detail = excluded.detail`,
  );
  const takeBack = database.prepare('DELETE FROM segments WHERE segment_id = ?');
  const ofCall = database.prepare('SELECT * FROM segments WHERE call_id = ? ORDER BY at, id');
  return {
    write: ({ event: _, callId, segmentId, at, text, key: _key, ...detail }: WrittenSegment) => {
      // Words that were none after all: nothing is left of them.
      if (text === '') takeBack.run(segmentId);
      else keep.run(segmentId, callId, at, text, JSON.stringify(detail));
    },
    segmentsOf: callId => (ofCall.all(callId) as SegmentRow[]).map(segmentOf),
  };
}

/** A fact as it comes from the lane. */
type WrittenSegment = SegmentEvent & { readonly key?: string };

/** The segment a row tells of. */
export function segmentOf({ segment_id, call_id, at, text, detail }: SegmentRow): ToldSegment {
  const { speaker, who, isFinal, confidence, by, language, place, whispered, turn } = JSON.parse(
    detail,
  ) as Omit<Segment, 'callId' | 'segmentId' | 'text'>;
  return {
    callId: call_id,
    segmentId: segment_id,
    speaker,
    who: who ?? null,
    text,
    isFinal,
    confidence,
    by,
    language: language ?? null,
    place: place ?? null,
    whispered: whispered ?? false,
    ...(turn === undefined ? {} : { turn }),
    at,
  };
}
