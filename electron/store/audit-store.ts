import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { AuditAction, AuditEntry } from '../core/audit.ts';
import type { CallId, Party } from '../core/call.ts';
import type { Mode } from '../core/room.ts';
import { createWriteQueue } from './write-queue.ts';

/** Which lines of the audit are asked for. */
type AuditQuery = {
  /** Of one call; null for all. */
  readonly callId: CallId | null;
  readonly callSid: string | null;
  /** From this time on, in ms since the epoch. */
  readonly since: number;
  /** At most so many; null for all. */
  readonly limit: number | null;
};

/** What is kept of who heard, spoke to or changed calls of others. Nothing of it is ever changed. */
export type AuditStore = {
  /** Keeps an entry. One that cannot be written now (a full disk) is kept in memory and tried again. */
  readonly append: (entry: AuditEntry) => void;
  /** The newest first. */
  readonly entries: (query: AuditQuery) => AuditEntry[];
  /** Writes what waits. The database is closed by who opened it. */
  readonly close: () => void;
};

type Row = {
  readonly at: number;
  readonly call_id: string;
  readonly call_sid: string | null;
  readonly by: string;
  readonly action: AuditAction;
  readonly mode: Mode | null;
  /** Parties as JSON. */
  readonly whom: string;
  readonly number: string;
  readonly name: string | null;
};

/** What begins and lasts, and what ends it. */
const ENDINGS: readonly (readonly [AuditAction, AuditAction])[] = [
  ['spoke', 'fell-silent'],
  ['took-seat', 'left-seat'],
  ['listened', 'stopped-listening'],
];

/**
 * Builds the store over an open database, and ends what an earlier run began and could not end.
 * @param onWritable told when writing fails (false) and when everything is written again (true)
 */
export function createAuditStore(
  database: DatabaseSyncInstance,
  onWritable: (writable: boolean) => void,
): AuditStore {
  const statements = {
    add: database.prepare(
      `INSERT INTO audit (at, call_id, call_sid, "by", action, mode, whom, number, name)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    entries: database.prepare(
      `SELECT * FROM audit
       WHERE at >= ?1 AND (?2 IS NULL OR call_id = ?2) AND (?3 IS NULL OR call_sid = ?3)
       ORDER BY id DESC LIMIT ?4`,
    ),
    // The last of a beginning and its end on each call, where it is the beginning.
    begun: database.prepare(
      `SELECT * FROM audit WHERE action = ?1 AND id IN (
         SELECT max(id) FROM audit WHERE action IN (?1, ?2) GROUP BY call_id)
       ORDER BY id`,
    ),
    lastSeen: database.prepare('SELECT max(at) AS at FROM events WHERE call_id = ?'),
  };

  const write = ({ at, callId, callSid, by, action, mode, whom, them }: AuditEntry): void => {
    const { number, name } = them;
    statements.add.run(at, callId, callSid, by, action, mode, JSON.stringify(whom), number, name);
  };
  const queue = createWriteQueue(database, write, onWritable);

  /** When anything was last known of a call that an earlier run left. */
  const lastSeenAt = ({ callId, at }: AuditEntry): number => {
    const seen = statements.lastSeen.get(callId) as { at: number | null } | undefined;
    return Math.max(at, seen?.at ?? at);
  };
  for (const [beginning, action] of ENDINGS) {
    const left = (statements.begun.all(beginning, action) as Row[]).map(entryOf);
    for (const entry of left) queue.push({ ...entry, at: lastSeenAt(entry), action, whom: [] });
  }

  return {
    append: queue.push,
    entries: ({ callId, callSid, since, limit }) =>
      (statements.entries.all(since, callId, callSid, limit ?? -1) as Row[]).map(entryOf),
    close: queue.flush,
  };
}

function entryOf({ at, call_id, call_sid, by, action, mode, whom, number, name }: Row): AuditEntry {
  return {
    at,
    callId: call_id,
    callSid: call_sid,
    by,
    action,
    mode,
    whom: JSON.parse(whom) as Party[],
    them: { number, name },
  };
}
