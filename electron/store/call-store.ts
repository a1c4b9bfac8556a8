import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { CallId, EndedCall, UnfinishedCall } from '../core/call.ts';
import type { CallName } from '../core/commands.ts';
import type { CallEvent, CallIntroduction } from '../core/events.ts';
import type { PhoneNumber } from '../core/phone-number.ts';
import { refusedBecause } from '../core/reduce-call.ts';
import type { RoomView } from '../core/room.ts';
import {
  type CallRow,
  type EndedRow,
  endedCall,
  partiesOf,
  partsOf,
  RECORDED,
} from './call-rows.ts';
import { createRecordingStore, type RecordingStore } from './recording-store.ts';
import { createSearch, type Search } from './search.ts';
import { createSegmentStore, type SegmentStore } from './segment-store.ts';
import { createWriteQueue } from './write-queue.ts';

/** What is kept of calls: every event, what was said, and a row per call and per recording worked out from them. */
export type CallStore = RecordingStore &
  SegmentStore & {
    readonly search: Search;
    /** Keeps an event. One that cannot be written now (a full disk) is kept in memory and tried again. */
    readonly append: (event: CallEvent) => void;
    /** Ended calls, newest first. @param query part of a name or number */
    readonly history: (query: string, limit: number) => EndedCall[];
    /** The ended call of either name; null when there is none. */
    readonly ended: (name: CallName) => EndedCall | null;
    /** All that happened on a call, in order. */
    readonly eventsOf: (callId: CallId) => CallEvent[];
    /** The name last seen with a number, or null. */
    readonly nameOf: (number: PhoneNumber) => string | null;
    /** Calls of this desk that an earlier run left open, oldest first. */
    readonly unfinished: () => UnfinishedCall[];
    /** Ends calls that an earlier run left open. @returns how many there were */
    readonly endInterrupted: () => number;
    /** Whether anything is kept of this call. */
    readonly knows: (callId: CallId) => boolean;
    /** How many events wait to be written. */
    readonly waiting: () => number;
    readonly close: () => void;
  };

type EventRow = {
  readonly call_id: string;
  readonly at: number;
  readonly event: string;
  readonly detail: string;
};

/**
 * Builds the store over an open database.
 * @param onWritable told when writing fails (false) and when everything is written again (true)
 */
export function createCallStore(
  database: DatabaseSyncInstance,
  onWritable: (writable: boolean) => void,
): CallStore {
  const statements = {
    begin: database.prepare(
      `INSERT OR IGNORE INTO calls (id, sid, direction, kind, number, name, ours, started_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    name: database.prepare('UPDATE calls SET sid = ? WHERE id = ?'),
    answer: database.prepare(
      'UPDATE calls SET answered_at = ? WHERE id = ? AND answered_at IS NULL',
    ),
    end: database.prepare(
      'UPDATE calls SET ended_at = ?, reason = ? WHERE id = ? AND ended_at IS NULL',
    ),
    answerer: database.prepare('UPDATE calls SET answered_by = ? WHERE id = ?'),
    known: database.prepare('SELECT 1 FROM calls WHERE id = ?'),
    unfinished: database.prepare(
      `SELECT *, (SELECT max(at) FROM events WHERE call_id = calls.id) AS last_seen_at
       FROM calls WHERE ended_at IS NULL AND kind <> 'supervised' ORDER BY started_at`,
    ),
    event: database.prepare('INSERT INTO events (call_id, at, event, detail) VALUES (?, ?, ?, ?)'),
    history: database.prepare(
      `SELECT *, ${RECORDED} FROM calls WHERE ended_at IS NOT NULL
         AND (?1 = '' OR name LIKE '%' || ?1 || '%' OR (?2 <> '' AND number LIKE '%' || ?2 || '%')
           OR EXISTS (SELECT 1 FROM json_each(others) WHERE value ->> 'name' LIKE '%' || ?1 || '%'
             OR (?2 <> '' AND value ->> 'number' LIKE '%' || ?2 || '%')))
       ORDER BY started_at DESC LIMIT ?3`,
    ),
    ended: database.prepare(
      `SELECT *, ${RECORDED} FROM calls WHERE ended_at IS NOT NULL AND (id = ? OR sid = ?)
       ORDER BY started_at DESC LIMIT 1`,
    ),
    quality: database.prepare('UPDATE calls SET quality = ? WHERE id = ?'),
    talk: database.prepare('UPDATE calls SET talk = ? WHERE id = ?'),
    party: database.prepare('SELECT sid, others FROM calls WHERE id = ?'),
    others: database.prepare('UPDATE calls SET others = ? WHERE id = ?'),
    eventsOf: database.prepare('SELECT * FROM events WHERE call_id = ? ORDER BY id'),
    nameOf: database.prepare(
      'SELECT name FROM calls WHERE number = ? AND name IS NOT NULL ORDER BY started_at DESC LIMIT 1',
    ),
    interrupted: database.prepare(
      `SELECT id, (SELECT max(at) FROM events WHERE call_id = calls.id) AS at
       FROM calls WHERE ended_at IS NULL AND (?1 IS NULL OR kind = ?1)`,
    ),
  };

  const { write: writeRecording, ...recordings } = createRecordingStore(database);
  const { write: writeSegment, ...segments } = createSegmentStore(database);

  const introduce = (event: CallIntroduction & { readonly at: number }): void => {
    const { callId, callSid, direction, kind = 'direct', them, ours, at } = event;
    statements.begin.run(callId, callSid, direction, kind, them.number, them.name, ours, at);
    if (callSid !== null) statements.name.run(callSid, callId);
  };
  /** Takes note of who is on a call beside its other side; those who left were on it too. */
  const meet = (callId: CallId, { legs }: RoomView): void => {
    const row = statements.party.get(callId) as Pick<CallRow, 'sid' | 'others'> | undefined;
    if (row === undefined) return;
    const met = new Map(partiesOf(row).map(party => [party.number, party]));
    for (const { sid, party } of legs) if (sid !== row.sid) met.set(party.number, party);
    statements.others.run(JSON.stringify([...met.values()]), callId);
  };

  const writeFact = (event: Exclude<CallEvent, { event: 'segment' }>): void => {
    switch (event.event) {
      case 'call-requested':
      case 'call-ringing':
        introduce(event);
        break;
      case 'call-refused':
        introduce(event);
        statements.end.run(event.at, refusedBecause(event.because), event.callId);
        break;
      case 'call-followed':
        introduce({ ...event, kind: 'supervised', at: event.startedAt });
        statements.answer.run(event.startedAt, event.callId);
        meet(event.callId, event.room);
        break;
      case 'room-changed':
        meet(event.callId, event.room);
        break;
      case 'call-named':
        statements.name.run(event.callSid, event.callId);
        break;
      case 'call-answered':
        statements.answer.run(event.at, event.callId);
        break;
      case 'call-ended':
        statements.end.run(event.endedAt ?? event.at, event.reason, event.callId);
        break;
      case 'answerer-detected':
        statements.answerer.run(event.answeredBy, event.callId);
        break;
      case 'sound-measured':
        statements.quality.run(JSON.stringify(event.quality), event.callId);
        break;
      case 'talk-measured':
        statements.talk.run(JSON.stringify(event.talk), event.callId);
        break;
      default:
        writeRecording(event);
    }
    const { event: name, callId, at, ...detail } = event;
    statements.event.run(callId, at, name, JSON.stringify(detail));
  };

  const write = (event: CallEvent): void => {
    if (event.event === 'segment') writeSegment(event);
    else writeFact(event);
  };

  const queue = createWriteQueue(database, write, onWritable);

  /** Ends calls that an earlier run left open. @returns how many there were */
  const interrupt = (open: readonly { readonly id: string; readonly at: number }[]): number => {
    for (const { id, at } of open) {
      queue.push({ event: 'call-ended', callId: id, reason: 'interrupted', at });
    }
    return open.length;
  };
  // Calls of others are not brought back: whoever goes on is found again, as somebody new to listen to.
  interrupt(statements.interrupted.all('supervised') as { id: string; at: number }[]);

  return {
    ...recordings,
    ...segments,
    search: createSearch(database),
    append: queue.push,
    history: (query, limit) => {
      const text = query.trim().replace(/[%_]/g, '');
      // Digits inside a name are part of the name, not of a number.
      const digits = /\p{L}/u.test(text) ? '' : text.replace(/\D/g, '');
      const rows = statements.history.all(text, digits, limit) as EndedRow[];
      return rows.map(endedCall);
    },
    ended: ({ callId = null, callSid = null }) => {
      const row = statements.ended.get(callId, callSid) as EndedRow | undefined;
      return row === undefined ? null : endedCall(row);
    },
    eventsOf: callId => (statements.eventsOf.all(callId) as EventRow[]).map(callEvent),
    nameOf: number => {
      try {
        return (statements.nameOf.get(number) as { name: string } | undefined)?.name ?? null;
      } catch {
        // A name is a nicety; a call must not be lost for want of one.
        return null;
      }
    },
    unfinished: () =>
      (statements.unfinished.all() as (CallRow & { last_seen_at: number | null })[]).map(
        unfinishedCall,
      ),
    knows: callId =>
      queue.waiting.some(event => event.callId === callId) ||
      statements.known.get(callId) !== undefined,
    endInterrupted: () =>
      interrupt(statements.interrupted.all(null) as { id: string; at: number }[]),
    waiting: () => queue.waiting.length,
    close: () => {
      try {
        queue.flush();
      } finally {
        database.close();
      }
    },
  };
}

/** An event as it was appended. */
function callEvent({ call_id: callId, at, event, detail }: EventRow): CallEvent {
  return { ...(JSON.parse(detail) as object), event, callId, at } as CallEvent;
}

function unfinishedCall(row: CallRow & { readonly last_seen_at: number | null }): UnfinishedCall {
  return { ...partsOf(row), lastSeenAt: row.last_seen_at ?? row.started_at };
}
