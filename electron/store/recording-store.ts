import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { CallId } from '../core/call.ts';
import type { CallEvent } from '../core/events.ts';
import type { Recorder, Recording, RecordingId } from '../core/recording.ts';

/** What is known of the recordings that were made; their sound lies in files. */
export type RecordingStore = {
  /** The recordings of a call, oldest first. */
  readonly recordingsOf: (callId: CallId) => Recording[];
  /** The recording of this name; null when there is none. */
  readonly recording: (id: RecordingId) => Recording | null;
  /** Recordings that run, or that Twilio has not handed over, oldest first. */
  readonly unfinishedRecordings: () => Recording[];
  /** Recordings that lie here and began before a time, oldest first. @param at in ms since the epoch */
  readonly recordingsKeptBefore: (at: number) => Recording[];
  /** Lost recordings, whose files may be there again, that began before a time. @param at in ms since the epoch */
  readonly recordingsLostBefore: (at: number) => Recording[];
};

type Row = {
  readonly id: string;
  readonly call_id: string;
  readonly by: Recorder;
  readonly sid: string | null;
  readonly account: string | null;
  readonly started_at: number;
  readonly offset_ms: number;
  readonly duration_ms: number;
  readonly status: Recording['status'];
  readonly path: string;
};

/** Builds the store over an open database. `write` works an event in, within the caller's transaction. */
export function createRecordingStore(
  database: DatabaseSyncInstance,
): RecordingStore & { readonly write: (event: CallEvent) => void } {
  const statements = {
    // One of Twilio's that outlived a run is told again, and stays the same.
    start: database.prepare(
      `INSERT OR IGNORE INTO recordings
         (id, call_id, "by", sid, account, started_at, offset_ms, duration_ms, status, path)
       VALUES (?, ?, ?, ?, ?, ?, ?, 0, 'running', ?)`,
    ),
    stop: database.prepare(
      `UPDATE recordings SET status = 'waiting'
       WHERE id = ? AND status = 'running' AND "by" = 'twilio'`,
    ),
    save: database.prepare(
      `UPDATE recordings SET status = 'kept', duration_ms = ? WHERE id = ? AND status <> 'deleted'`,
    ),
    lose: database.prepare(
      `UPDATE recordings SET status = 'lost' WHERE id = ? AND status <> 'deleted'`,
    ),
    delete: database.prepare(`UPDATE recordings SET status = 'deleted' WHERE id = ?`),
    ofCall: database.prepare(
      'SELECT * FROM recordings WHERE call_id = ? ORDER BY started_at, rowid',
    ),
    one: database.prepare('SELECT * FROM recordings WHERE id = ?'),
    unfinished: database.prepare(
      `SELECT * FROM recordings WHERE status IN ('running', 'waiting') ORDER BY started_at, rowid`,
    ),
    before: database.prepare(
      'SELECT * FROM recordings WHERE status = ? AND started_at < ? ORDER BY started_at, rowid',
    ),
  };

  const write = (event: CallEvent): void => {
    switch (event.event) {
      case 'recording-started': {
        const { recordingId, callId, by, recordingSid, account = null, at, offsetMs, path } = event;
        statements.start.run(recordingId, callId, by, recordingSid, account, at, offsetMs, path);
        return;
      }
      case 'recording-stopped':
        statements.stop.run(event.recordingId);
        return;
      case 'recording-saved':
        statements.save.run(event.durationMs, event.recordingId);
        return;
      case 'recording-lost':
        statements.lose.run(event.recordingId);
        return;
      case 'recording-deleted':
        statements.delete.run(event.recordingId);
        return;
      default:
        return;
    }
  };

  return {
    write,
    recordingsOf: callId => (statements.ofCall.all(callId) as Row[]).map(recordingOf),
    recording: id => {
      const row = statements.one.get(id) as Row | undefined;
      return row === undefined ? null : recordingOf(row);
    },
    unfinishedRecordings: () => (statements.unfinished.all() as Row[]).map(recordingOf),
    recordingsKeptBefore: at => (statements.before.all('kept', at) as Row[]).map(recordingOf),
    recordingsLostBefore: at => (statements.before.all('lost', at) as Row[]).map(recordingOf),
  };
}

function recordingOf(row: Row): Recording {
  return {
    id: row.id,
    callId: row.call_id,
    by: row.by,
    sid: row.sid,
    account: row.account,
    startedAt: row.started_at,
    offsetMs: row.offset_ms,
    durationMs: row.duration_ms,
    status: row.status,
    path: row.path,
  };
}
