import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createCallStore } from '../../electron/store/call-store.ts';
import { type OpenedDatabase, openDatabase } from '../../electron/store/database.ts';
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
