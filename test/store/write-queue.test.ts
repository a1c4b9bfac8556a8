import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../electron/store/database.ts';
import { createWriteQueue } from '../../electron/store/write-queue.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** A queue of notes over a database that can be made to refuse them. */
function openQueue() {
  const { database } = openDatabase(join(tempFolder(), 'earshot.db'), 'then');
  onTestFinished(() => database.close());
  database.exec('CREATE TABLE notes (text TEXT NOT NULL UNIQUE) STRICT');
  const insert = database.prepare('INSERT INTO notes (text) VALUES (?)');
  const told: boolean[] = [];
  const write = (text: string): void => {
    insert.run(text);
    insert.run(`${text} again`);
  };
  return {
    queue: createWriteQueue(database, write, writable => told.push(writable)),
    told,
    refuse: (refuse: boolean): void =>
      database.exec(`PRAGMA query_only = ${refuse ? 'ON' : 'OFF'}`),
    notes: (): unknown[] => database.prepare('SELECT text FROM notes ORDER BY rowid').all(),
  };
}

const texts = (...names: string[]) => names.map(text => ({ text }));

describe('what is to be written', () => {
  it('is written at once and in order', () => {
    const { queue, told, notes } = openQueue();
    queue.push('one');
    queue.push('two');
    expect(notes()).toEqual(texts('one', 'one again', 'two', 'two again'));
    expect(queue.waiting).toEqual([]);
    expect(told).toEqual([]);
  });

  it('waits while the disk refuses, and is written when it does not; that is told once each', () => {
    const { queue, told, refuse, notes } = openQueue();
    refuse(true);
    queue.push('one');
    queue.push('two');
    expect(queue.waiting).toEqual(['one', 'two']);
    expect(() => queue.flush()).toThrow();
    expect(told).toEqual([false]);
    refuse(false);
    queue.push('three');
    expect(notes()).toHaveLength(6);
    expect(queue.waiting).toEqual([]);
    expect(told).toEqual([false, true]);
  });

  it('is written whole or not at all', () => {
    const { queue, notes } = openQueue();
    queue.push('one again');
    queue.push('one');
    expect(notes()).toEqual(texts('one again', 'one again again'));
    expect(queue.waiting).toEqual(['one']);
  });
});
