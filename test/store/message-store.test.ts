import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MessageEvent } from '../../electron/core/events.ts';
import type { MessageIntroduction } from '../../electron/core/message.ts';
import { explainCode } from '../../electron/core/twilio-codes.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { createMessageStore } from '../../electron/store/message-store.ts';
import { tempFolder } from '../support/temp-folder.ts';

const DANA = '+14155550111';
const LEE = '+442079460123';
const OURS = '+14155550100';
const PHOTO = { url: 'https://files.example.com/a.jpg', contentType: 'image/jpeg' };

/** The store over the database file of a folder, with the means to make its writing fail. */
function openStore(folder = tempFolder()) {
  const { database, problem } = openDatabase(join(folder, 'earshot.db'), 'then');
  const told: boolean[] = [];
  const store = createMessageStore(database, writable => told.push(writable));
  onTestFinished(() => {
    if (database.isOpen) database.close();
  });
  const refuseWrites = (refuse: boolean): void =>
    database.exec(`PRAGMA query_only = ${refuse ? 'ON' : 'OFF'}`);
  return { store, folder, problem, told, refuseWrites, database };
}

function outgoing(messageId: string, to = DANA): MessageIntroduction {
  const messageSid = `SM${messageId}`;
  return {
    messageId,
    messageSid,
    direction: 'outbound',
    from: OURS,
    to,
    body: messageId,
    media: [],
  };
}

function incoming(messageId: string, from = DANA): MessageIntroduction {
  return { ...outgoing(messageId), direction: 'inbound', from, to: OURS };
}

function received(messageId: string, at: number, from = DANA): MessageEvent {
  return { event: 'message-received', ...incoming(messageId, from), at };
}

describe('the store of messages', () => {
  it('keeps a message from here as far as it has come', () => {
    const { store } = openStore();
    const message = { ...outgoing('a'), media: [PHOTO] };
    store.append({ event: 'message-requested', ...message, messageSid: null, at: 1000 });
    const asked = {
      id: 'a',
      sid: null,
      direction: 'outbound',
      them: DANA,
      ours: OURS,
      body: 'a',
      media: [PHOTO],
      status: 'requested',
      at: 1000,
      code: null,
    };
    expect(store.conversation(DANA, 10)).toEqual([asked]);
    store.append({ event: 'message-sent', ...message, status: 'queued', at: 1500 });
    expect(store.conversation(DANA, 10)).toEqual([{ ...asked, sid: 'SMa', status: 'queued' }]);
    const problem = explainCode(30034);
    const status = 'undelivered';
    store.append({ event: 'message-status-changed', ...message, status, problem, at: 2000 });
    expect(store.conversation(DANA, 10)).toEqual([
      { ...asked, sid: 'SMa', status: 'undelivered', code: '30034' },
    ]);
  });

  it('keeps a message from outside once, however often it is told', () => {
    const { store } = openStore();
    store.append(received('a', 1000));
    store.append(received('a', 2000));
    store.append({ ...received('b', 3000), messageSid: 'SMa' });
    expect(store.conversation(null, 10)).toMatchObject([
      { id: 'a', sid: 'SMa', direction: 'inbound', them: DANA, status: 'received', at: 1000 },
    ]);
  });

  it('tells a conversation with the newest last, as many as asked for', () => {
    const { store } = openStore();
    store.append(received('second', 2000));
    store.append({ event: 'message-sent', ...outgoing('first'), status: 'queued', at: 1000 });
    store.append(received('other', 2500, LEE));
    store.append(received('third', 3000));
    store.append(received('fourth', 3000));
    const ids = (...asked: Parameters<typeof store.conversation>) =>
      store.conversation(...asked).map(({ id }) => id);
    expect(ids(DANA, 10)).toEqual(['first', 'second', 'third', 'fourth']);
    expect(ids(DANA, 2)).toEqual(['third', 'fourth']);
    expect(ids(LEE, 10)).toEqual(['other']);
    expect(ids('+14155550199', 10)).toEqual([]);
    expect(ids(null, 3)).toEqual(['other', 'third', 'fourth']);
  });

  it('finds a message by either name', () => {
    const { store } = openStore();
    store.append(received('a', 1000));
    for (const names of [
      { id: 'a', sid: '' },
      { id: '', sid: 'SMa' },
    ]) {
      expect(store.find(names)).toMatchObject({ id: 'a', sid: 'SMa' });
    }
    expect(store.find({ id: '', sid: '' })).toBeNull();
    expect(store.find({ id: 'b', sid: 'SMb' })).toBeNull();
  });

  it('leaves everything to the next run', () => {
    const first = openStore();
    first.store.append(received('a', 1000));
    first.store.close();
    const { store, problem } = openStore(first.folder);
    expect(problem).toBeNull();
    expect(store.conversation(DANA, 10)).toHaveLength(1);
  });

  it('keeps what happens in memory while the disk is full, and writes it then', () => {
    const { store, told, refuseWrites } = openStore();
    refuseWrites(true);
    store.append(received('a', 1000));
    expect(told).toEqual([false]);
    expect(store.find({ id: 'a', sid: '' })).toBeNull();
    refuseWrites(false);
    store.append(received('b', 2000));
    expect(told).toEqual([false, true]);
    expect(store.conversation(DANA, 10).map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('does not lose a message because its past cannot be read', () => {
    const { store, database } = openStore();
    database.close();
    expect(store.find({ id: 'a', sid: 'SMa' })).toBeNull();
  });
});

describe('a database from before there were messages', () => {
  it('takes them, and keeps its calls', () => {
    const folder = tempFolder();
    const first = openStore(folder);
    first.database.exec(`
      INSERT INTO calls (id, direction, number, ours, started_at)
        VALUES ('c', 'inbound', '${DANA}', '${OURS}', 1);
      DROP TABLE segment_vocabulary; DROP TABLE segment_words; DROP TABLE segments;
      ALTER TABLE calls DROP COLUMN talk;
      DROP TABLE audit; ALTER TABLE calls DROP COLUMN others;
      DROP TABLE recordings; ALTER TABLE calls DROP COLUMN quality;
      DROP TABLE messages; PRAGMA user_version = 2;`);
    first.database.close();
    const { store, problem } = openStore(folder);
    expect(problem).toBeNull();
    store.append(received('a', 1000));
    expect(store.conversation(null, 10)).toHaveLength(1);
    const reader = new DatabaseSync(join(folder, 'earshot.db'));
    onTestFinished(() => reader.close());
    expect(reader.prepare('SELECT id FROM calls').all()).toEqual([{ id: 'c' }]);
  });
});
