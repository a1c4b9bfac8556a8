import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAuditStore } from '../../electron/store/audit-store.ts';
import { createCallStore } from '../../electron/store/call-store.ts';
import { type OpenedDatabase, openDatabase } from '../../electron/store/database.ts';
import { createPointedNumbers } from '../../electron/store/pointed-numbers.ts';
import { introduction } from '../support/builders.ts';
import { tempFolder } from '../support/temp-folder.ts';

function opened(path: string, suffix = 'then'): OpenedDatabase {
  const found = openDatabase(path, suffix);
  onTestFinished(() => {
    if (found.database.isOpen) found.database.close();
  });
  return found;
}

function schemaOf({ database }: OpenedDatabase): unknown[] {
  return database.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all();
}

/** Fills a database with so many calls that it has many pages, and closes it. */
function fill({ database }: OpenedDatabase): void {
  const store = createCallStore(database, () => {});
  for (let i = 0; i < 200; i += 1) {
    store.append({ event: 'call-ringing', ...introduction(`call-${i}`), at: i });
    store.append({ event: 'call-ended', callId: `call-${i}`, reason: 'missed', at: i + 1 });
  }
  store.close();
}

describe('the database', () => {
  it('is made where there is none, without a problem', () => {
    const { database, problem } = opened(join(tempFolder(), 'earshot.db'));
    expect(problem).toBeNull();
    expect(database.prepare('SELECT count(*) AS calls FROM calls').get()).toEqual({ calls: 0 });
  });

  it('keeps its tables and rows through being opened again', () => {
    const path = join(tempFolder(), 'earshot.db');
    const first = opened(path);
    const schema = schemaOf(first);
    fill(first);
    const again = opened(path);
    expect(again.problem).toBeNull();
    expect(schemaOf(again)).toEqual(schema);
    expect(again.database.prepare('SELECT count(*) AS calls FROM calls').get()).toEqual({
      calls: 200,
    });
  });

  it('cannot be made in a folder that is not there, and says so', () => {
    expect(() => opened(join(tempFolder(), 'missing', 'earshot.db'))).toThrow();
  });
});

/** The tables as the first version made them. */
const VERSION_1 = `
  CREATE TABLE calls (
    id TEXT PRIMARY KEY, sid TEXT, direction TEXT NOT NULL, number TEXT NOT NULL, name TEXT,
    ours TEXT NOT NULL, started_at INTEGER NOT NULL, answered_at INTEGER, ended_at INTEGER,
    reason TEXT
  ) STRICT;
  CREATE INDEX calls_by_time ON calls (started_at DESC);
  CREATE INDEX calls_by_number ON calls (number, started_at DESC);
  CREATE TABLE events (
    id INTEGER PRIMARY KEY, call_id TEXT NOT NULL REFERENCES calls (id), at INTEGER NOT NULL,
    event TEXT NOT NULL, detail TEXT NOT NULL
  ) STRICT;
  CREATE INDEX events_by_call ON events (call_id, at);
  INSERT INTO calls VALUES
    ('a', 'CA1', 'inbound', '+14155550111', 'Dana Reyes', '+14155550100', 1, 2, 3, 'hung-up-there'),
    ('b', 'CA2', 'outbound', '+14155550112', NULL, '+14155550100', 4, NULL, NULL, NULL);
  INSERT INTO events VALUES
    (1, 'a', 1, 'call-ringing', '{}'), (2, 'a', 3, 'call-ended', '{}'),
    (3, 'b', 4, 'call-requested', '{}');
  PRAGMA user_version = 1;`;

describe('a database of the first version', () => {
  function oldDatabase(): string {
    const path = join(tempFolder(), 'earshot.db');
    const old = new DatabaseSync(path);
    old.exec(VERSION_1);
    old.close();
    return path;
  }

  it('keeps its calls, which are direct ones that nobody asked who took', () => {
    const { database, problem } = opened(oldDatabase());
    expect(problem).toBeNull();
    const store = createCallStore(database, () => {});
    expect(store.history('', 10)).toEqual([
      {
        status: 'ended',
        id: 'a',
        sid: 'CA1',
        direction: 'inbound',
        kind: 'direct',
        answeredBy: null,
        them: { number: '+14155550111', name: 'Dana Reyes' },
        ours: '+14155550100',
        startedAt: 1,
        answeredAt: 2,
        endedAt: 3,
        reason: 'hung-up-there',
        quality: null,
        talk: null,
        others: [],
        recorded: null,
      },
    ]);
    expect(store.unfinished()).toMatchObject([{ id: 'b', kind: 'direct' }]);
    expect(database.prepare('SELECT count(*) AS events FROM events').get()).toEqual({ events: 3 });
  });

  it('takes what is new, and is upgraded only once', () => {
    const path = oldDatabase();
    const first = opened(path);
    createPointedNumbers(first.database).keep({
      numberSid: 'PN1',
      accountSid: 'AC1',
      here: 'https://desk.example.com/voice/webhook',
      before: '{}',
    });
    const columns = schemaOf(first);
    first.database.close();
    const again = opened(path);
    expect(again.problem).toBeNull();
    expect(schemaOf(again)).toEqual(columns);
    expect(createPointedNumbers(again.database).of('AC1')).toHaveLength(1);
  });
});

/** What the third version had more than the first. */
const VERSION_3 = `${VERSION_1}
  ALTER TABLE calls ADD COLUMN kind TEXT NOT NULL DEFAULT 'direct';
  ALTER TABLE calls ADD COLUMN answered_by TEXT;
  CREATE TABLE pointed_numbers (
    number_sid TEXT PRIMARY KEY, account_sid TEXT NOT NULL, before TEXT NOT NULL, here TEXT NOT NULL
  ) STRICT;
  CREATE TABLE messages (
    id TEXT PRIMARY KEY, sid TEXT UNIQUE, direction TEXT NOT NULL, them TEXT NOT NULL,
    ours TEXT NOT NULL, body TEXT NOT NULL, media TEXT NOT NULL, status TEXT NOT NULL,
    at INTEGER NOT NULL, code TEXT
  ) STRICT;
  CREATE INDEX messages_by_time ON messages (at DESC);
  CREATE INDEX messages_by_number ON messages (them, at DESC);
  PRAGMA user_version = 3;`;

describe('a database of the third version', () => {
  it('takes recordings and how the sound went, of the calls it has too', () => {
    const path = join(tempFolder(), 'earshot.db');
    const old = new DatabaseSync(path);
    old.exec(VERSION_3);
    old.close();
    const { database, problem } = opened(path);
    expect(problem).toBeNull();
    const store = createCallStore(database, () => {});
    const recording = { callId: 'a', recordingId: 'r' };
    store.append({
      event: 'recording-started',
      ...recording,
      by: 'here',
      offsetMs: 0,
      recordingSid: null,
      path: 'r.wav',
      at: 2,
    });
    store.append({ event: 'recording-saved', ...recording, durationMs: 1, at: 3 });
    expect(store.history('', 10)).toMatchObject([{ id: 'a', quality: null, recorded: 'kept' }]);
    expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 6 });
  });
});

describe('a database of the fourth version', () => {
  it('takes the audit and who else was on a call, of the calls it has too', () => {
    const path = join(tempFolder(), 'earshot.db');
    const old = new DatabaseSync(path);
    old.exec(`${VERSION_3}
      ALTER TABLE calls ADD COLUMN quality TEXT;
      CREATE TABLE recordings (
        id TEXT PRIMARY KEY, call_id TEXT NOT NULL REFERENCES calls (id), "by" TEXT NOT NULL,
        sid TEXT, account TEXT, started_at INTEGER NOT NULL, offset_ms REAL NOT NULL,
        duration_ms REAL NOT NULL, status TEXT NOT NULL, path TEXT NOT NULL
      ) STRICT;
      PRAGMA user_version = 4;`);
    old.close();
    const { database, problem } = opened(path);
    expect(problem).toBeNull();
    expect(createCallStore(database, () => {}).history('', 10)).toMatchObject([
      { id: 'a', others: [] },
    ]);
    const audit = createAuditStore(database, () => {});
    const all = { callId: null, callSid: null, since: 0, limit: null };
    expect(audit.entries(all)).toEqual([]);
    expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 6 });
  });
});

describe('a database file that cannot be read', () => {
  it('is set aside whole when it is no database, and a new one begins', () => {
    const folder = tempFolder();
    const path = join(folder, 'earshot.db');
    const bytes = randomBytes(10_000);
    writeFileSync(path, bytes);
    const { database, problem } = opened(path);
    const aside = `${path}.unreadable-then`;
    expect(problem?.kind).toBe('database-unreadable');
    expect(problem?.remedy).toContain(aside);
    expect(readFileSync(aside).equals(bytes)).toBe(true);
    expect(database.prepare('SELECT count(*) AS calls FROM calls').get()).toEqual({ calls: 0 });
  });

  it('is set aside whole when its end is missing', () => {
    const path = join(tempFolder(), 'earshot.db');
    fill(opened(path));
    truncateSync(path, readFileSync(path).length - 3 * 4096);
    const bytes = readFileSync(path);
    const { database, problem } = opened(path);
    expect(problem?.kind).toBe('database-unreadable');
    expect(readFileSync(`${path}.unreadable-then`).equals(bytes)).toBe(true);
    expect(database.prepare('SELECT count(*) AS calls FROM calls').get()).toEqual({ calls: 0 });
  });

  it('is set aside beside those of other days', () => {
    const folder = tempFolder();
    const path = join(folder, 'earshot.db');
    for (const day of ['monday', 'tuesday']) {
      writeFileSync(path, `not a database on ${day}`.repeat(100));
      opened(path, day).database.close();
    }
    for (const day of ['monday', 'tuesday']) {
      expect(readFileSync(`${path}.unreadable-${day}`, 'utf8')).toContain(day);
    }
    expect(readdirSync(folder).sort()).toEqual([
      'earshot.db',
      'earshot.db.unreadable-monday',
      'earshot.db.unreadable-tuesday',
    ]);
  });
});

describe('a database of the fifth version', () => {
  it('brings what was said into a table of its own, where it is found', async () => {
    const path = join(tempFolder(), 'earshot.db');
    const first = opened(path).database;
    first.exec(`DROP TABLE segment_vocabulary; DROP TABLE segment_words; DROP TABLE segments;
      ALTER TABLE calls DROP COLUMN talk;
      INSERT INTO calls (id, direction, number, ours, started_at, answered_at, ended_at, reason)
        VALUES ('a', 'inbound', '+14155550111', '+14155550100', 1, 2, 9, 'hung-up-there');
      INSERT INTO events (call_id, at, event, detail) VALUES
        ('a', 2, 'call-answered', '{}'),
        ('a', 5, 'segment', '{"speaker":"them","text":"I want a refund","isFinal":true,"confidence":0.9,"turn":"t"}');
      PRAGMA user_version = 5;`);
    first.close();
    const { database, problem } = opened(path);
    expect(problem).toBeNull();
    const store = createCallStore(database, () => {});
    expect(store.segmentsOf('a')).toMatchObject([
      { speaker: 'them', text: 'I want a refund', by: 'gather', turn: 't', place: null, at: 5 },
    ]);
    expect(store.eventsOf('a')).toMatchObject([{ event: 'call-answered' }]);
    expect(await store.search({ query: 'refund' }, 10)).toMatchObject({
      callCount: 1,
      passageCount: 1,
    });
  });
});
