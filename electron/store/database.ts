import { chmodSync, closeSync, existsSync, openSync, renameSync } from 'node:fs';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { type Problem, ProblemError } from '../core/problem.ts';

/** An open database, and what had to be told about opening it. */
export type OpenedDatabase = {
  readonly database: DatabaseSyncInstance;
  readonly problem: Problem | null;
};

/** The tables, one step per version; `user_version` tells how many steps a file has seen. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE calls (
     id TEXT PRIMARY KEY,
     sid TEXT,
     direction TEXT NOT NULL,
     number TEXT NOT NULL,
     name TEXT,
     ours TEXT NOT NULL,
     started_at INTEGER NOT NULL,
     answered_at INTEGER,
     ended_at INTEGER,
     reason TEXT
   ) STRICT;
   CREATE INDEX calls_by_time ON calls (started_at DESC);
   CREATE INDEX calls_by_number ON calls (number, started_at DESC);
   CREATE TABLE events (
     id INTEGER PRIMARY KEY,
     call_id TEXT NOT NULL REFERENCES calls (id),
     at INTEGER NOT NULL,
     event TEXT NOT NULL,
     detail TEXT NOT NULL
   ) STRICT;
   CREATE INDEX events_by_call ON events (call_id, at);`,
  `ALTER TABLE calls ADD COLUMN kind TEXT NOT NULL DEFAULT 'direct';
   ALTER TABLE calls ADD COLUMN answered_by TEXT;
   CREATE TABLE pointed_numbers (
     number_sid TEXT PRIMARY KEY,
     account_sid TEXT NOT NULL,
     before TEXT NOT NULL,
     here TEXT NOT NULL
   ) STRICT;`,
  `CREATE TABLE messages (
     id TEXT PRIMARY KEY,
     sid TEXT UNIQUE,
     direction TEXT NOT NULL,
     them TEXT NOT NULL,
     ours TEXT NOT NULL,
     body TEXT NOT NULL,
     media TEXT NOT NULL,
     status TEXT NOT NULL,
     at INTEGER NOT NULL,
     code TEXT
   ) STRICT;
   CREATE INDEX messages_by_time ON messages (at DESC);
   CREATE INDEX messages_by_number ON messages (them, at DESC);`,
  `ALTER TABLE calls ADD COLUMN quality TEXT;
   CREATE TABLE recordings (
     id TEXT PRIMARY KEY,
     call_id TEXT NOT NULL REFERENCES calls (id),
     "by" TEXT NOT NULL,
     sid TEXT,
     account TEXT,
     started_at INTEGER NOT NULL,
     offset_ms REAL NOT NULL,
     duration_ms REAL NOT NULL,
     status TEXT NOT NULL,
     path TEXT NOT NULL
   ) STRICT;
   CREATE INDEX recordings_by_call ON recordings (call_id, started_at);
   CREATE INDEX recordings_by_status ON recordings (status, started_at);`,
  // The audit stands for itself: it names its call, and what else is kept of that call may go.
  `ALTER TABLE calls ADD COLUMN others TEXT NOT NULL DEFAULT '[]';
   CREATE TABLE audit (
     id INTEGER PRIMARY KEY,
     at INTEGER NOT NULL,
     call_id TEXT NOT NULL,
     call_sid TEXT,
     "by" TEXT NOT NULL,
     action TEXT NOT NULL,
     mode TEXT,
     whom TEXT NOT NULL,
     number TEXT NOT NULL,
     name TEXT
   ) STRICT;
   CREATE INDEX audit_by_call ON audit (call_id, action, id);
   CREATE INDEX audit_by_time ON audit (at);`,
  // What was said moves out of the events into a table of its own, with an index over its words.
  `ALTER TABLE calls ADD COLUMN talk TEXT;
   CREATE TABLE segments (
     id INTEGER PRIMARY KEY,
     segment_id TEXT NOT NULL UNIQUE,
     call_id TEXT NOT NULL REFERENCES calls (id),
     at INTEGER NOT NULL,
     text TEXT NOT NULL,
     detail TEXT NOT NULL
   ) STRICT;
   CREATE INDEX segments_by_call ON segments (call_id, at, id);
   CREATE VIRTUAL TABLE segment_words USING fts5 (
     text, content = 'segments', content_rowid = 'id',
     tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
   );
   CREATE VIRTUAL TABLE segment_vocabulary USING fts5vocab (segment_words, 'row');
   CREATE TRIGGER segments_after_insert AFTER INSERT ON segments BEGIN
     INSERT INTO segment_words (rowid, text) VALUES (new.id, new.text);
   END;
   CREATE TRIGGER segments_after_delete AFTER DELETE ON segments BEGIN
     INSERT INTO segment_words (segment_words, rowid, text) VALUES ('delete', old.id, old.text);
   END;
   CREATE TRIGGER segments_after_update AFTER UPDATE ON segments BEGIN
     INSERT INTO segment_words (segment_words, rowid, text) VALUES ('delete', old.id, old.text);
     INSERT INTO segment_words (rowid, text) VALUES (new.id, new.text);
   END;
   INSERT INTO segments (segment_id, call_id, at, text, detail)
     SELECT 'event-' || id, call_id, at, detail ->> 'text',
       json_patch(json_remove(detail, '$.text'), '{"by": "gather", "whispered": false}')
     FROM events WHERE event = 'segment' ORDER BY id;
   DELETE FROM events WHERE event = 'segment';`,
];

/**
 * Opens the database, making or upgrading its tables. A file that cannot be read is set aside
 * under another name, never deleted, and a new one is begun.
 * @param suffix tells files set aside apart, such as a date
 */
export function openDatabase(path: string, suffix: string): OpenedDatabase {
  try {
    return { database: prepare(path), problem: null };
  } catch (error) {
    if (!existsSync(path) || !isUnreadable(error)) throw notOpened(error);
    const aside = `${path}.unreadable-${suffix}`;
    renameSync(path, aside);
    for (const companion of ['-wal', '-shm']) {
      if (existsSync(path + companion)) renameSync(path + companion, aside + companion);
    }
    return {
      database: prepare(path),
      problem: {
        kind: 'database-unreadable',
        message: 'The call history could not be read. A new one has begun; calls work.',
        remedy: `Nothing was deleted: the old file is kept as ${aside}.`,
      },
    };
  }
}

/** Whether the file itself is broken, rather than locked, forbidden or on a full disk. */
function isUnreadable(error: unknown): boolean {
  return error instanceof Error && /not a database|malformed|quick_check/i.test(error.message);
}

function notOpened(error: unknown): ProblemError {
  return new ProblemError(
    {
      kind: 'storage-failed',
      message: 'The call history could not be opened, so Earshot did not start.',
      remedy: 'Close other programs that use it, and check that its folder may be written to.',
    },
    { cause: error },
  );
}

/** Numbers and what was said: nobody else on this computer reads them, whatever folder they lie in. */
const OWN_MODE = 0o600;

/** Makes the file, since SQLite would let others read it; its companions get the mode of the file. */
function closeToOthers(path: string): void {
  closeSync(openSync(path, 'a', OWN_MODE));
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    try {
      chmodSync(file, OWN_MODE);
    } catch {
      // It is not there, or its disk knows no modes.
    }
  }
}

function prepare(path: string): DatabaseSyncInstance {
  closeToOthers(path);
  const database = new DatabaseSync(path);
  try {
    // WAL with NORMAL keeps every committed event through a kill of this process.
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;',
    );
    const [check] = database.prepare('PRAGMA quick_check(1)').all() as { quick_check: string }[];
    if (check?.quick_check !== 'ok') throw new Error('quick_check failed');
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function migrate(database: DatabaseSyncInstance): void {
  const row = database.prepare('PRAGMA user_version').get() as { user_version: number };
  for (let version = row.user_version; version < MIGRATIONS.length; version += 1) {
    database.exec(`BEGIN; ${MIGRATIONS[version]} PRAGMA user_version = ${version + 1}; COMMIT;`);
  }
}
