import type {
  AnsweredBy,
  CallKind,
  Direction,
  EndedCall,
  EndReason,
  Party,
  UnfinishedCall,
} from '../core/call.ts';
import type { CallQuality } from '../core/quality.ts';
import type { TalkFigures } from '../core/talk.ts';

/** A call as its table has it. */
export type CallRow = {
  readonly id: string;
  readonly sid: string | null;
  readonly direction: Direction;
  readonly kind: CallKind;
  readonly answered_by: AnsweredBy | null;
  readonly number: string;
  readonly name: string | null;
  readonly ours: string;
  readonly started_at: number;
  readonly answered_at: number | null;
  readonly ended_at: number;
  readonly reason: EndReason;
  /** A `CallQuality` as JSON. */
  readonly quality: string | null;
  /** `TalkFigures` as JSON. */
  readonly talk: string | null;
  /** Parties as JSON. */
  readonly others: string;
};

/** An ended call, and whether a recording of it is here or still to come. */
export type EndedRow = CallRow & { readonly recorded: EndedCall['recorded'] };

/** Works out `recorded` of each call. */
export const RECORDED = `(SELECT CASE
  WHEN max(status = 'kept') THEN 'kept'
  WHEN max("by" = 'twilio' AND status IN ('running', 'waiting')) THEN 'waiting'
  END FROM recordings WHERE call_id = calls.id) AS recorded`;

/** The ended call a row tells of. */
export function endedCall(row: EndedRow): EndedCall {
  return {
    status: 'ended',
    ...partsOf(row),
    answeredBy: row.answered_by,
    endedAt: row.ended_at,
    reason: row.reason,
    quality: row.quality === null ? null : (JSON.parse(row.quality) as CallQuality),
    talk: row.talk === null ? null : (JSON.parse(row.talk) as TalkFigures),
    others: partiesOf(row),
    recorded: row.recorded,
  };
}

/** Who took part beside the other side and this desk. */
export function partiesOf({ others }: Pick<CallRow, 'others'>): readonly Party[] {
  return JSON.parse(others) as readonly Party[];
}

/** What the rows of all calls have in common. */
export function partsOf(row: CallRow): Omit<UnfinishedCall, 'lastSeenAt'> {
  return {
    id: row.id,
    sid: row.sid,
    direction: row.direction,
    kind: row.kind,
    them: { number: row.number, name: row.name },
    ours: row.ours,
    startedAt: row.started_at,
    answeredAt: row.answered_at,
  };
}
