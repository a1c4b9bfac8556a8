import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { EndedCall, Party } from '../../electron/core/call.ts';
import type { CallEvent } from '../../electron/core/events.ts';
import { createCallStore } from '../../electron/store/call-store.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { introduction } from '../support/builders.ts';
import { tempFolder } from '../support/temp-folder.ts';

const DANA: Party = { number: '+14155550111', name: 'Dana Reyes' };
const LEE: Party = { number: '+442079460123', name: 'Lee Wong' };
const UNKNOWN: Party = { number: '+33155550199', name: null };

/** The store over the database file of a folder, with the means to make its writing fail. */
function openStore(folder = tempFolder()) {
  const { database, problem } = openDatabase(join(folder, 'earshot.db'), 'then');
  const told: boolean[] = [];
  const store = createCallStore(database, writable => told.push(writable));
  onTestFinished(() => {
    if (database.isOpen) database.close();
  });
  const refuseWrites = (refuse: boolean): void =>
    database.exec(`PRAGMA query_only = ${refuse ? 'ON' : 'OFF'}`);
  const rows = (sql: string): unknown[] => database.prepare(sql).all();
  return { store, folder, problem, told, refuseWrites, rows };
}

type Store = ReturnType<typeof openStore>['store'];

function ringing(callId: string, at: number, them = DANA): CallEvent {
  return { event: 'call-ringing', ...introduction(callId), them, at };
}

/** A whole call of four seconds. */
function keepCall(store: Store, callId: string, at: number, them = DANA): void {
  store.append(ringing(callId, at, them));
  store.append({ event: 'call-answered', callId, at: at + 1000 });
  store.append({ event: 'call-ended', callId, reason: 'hung-up-there', at: at + 4000 });
}

function ids(calls: readonly EndedCall[]): string[] {
  return calls.map(({ id }) => id);
}

describe('the history', () => {
  it('tells an ended call with all that is known of it', () => {
    const { store } = openStore();
    store.append({
      event: 'call-requested',
      ...introduction('a', 'outbound'),
      callSid: null,
      at: 1000,
    });
    store.append({ event: 'call-named', callId: 'a', callSid: 'CA1', at: 1500 });
    store.append({ event: 'call-answered', callId: 'a', at: 2000 });
    store.append({ event: 'call-ended', callId: 'a', reason: 'hung-up-here', at: 3000 });
    expect(store.history('', 10)).toEqual([
      {
        status: 'ended',
        id: 'a',
        sid: 'CA1',
        direction: 'outbound',
        kind: 'direct',
        answeredBy: null,
        them: DANA,
        ours: '+14155550100',
        startedAt: 1000,
        answeredAt: 2000,
        endedAt: 3000,
        reason: 'hung-up-here',
        quality: null,
        talk: null,
        others: [],
        recorded: null,
      },
    ]);
  });

  it('shows the newest calls first, as many as asked for, and none that still stands', () => {
    const { store } = openStore();
    expect(store.history('', 10)).toEqual([]);
    keepCall(store, 'second', 20_000);
    keepCall(store, 'first', 10_000);
    keepCall(store, 'third', 30_000);
    store.append(ringing('standing', 40_000));
    expect(ids(store.history('', 10))).toEqual(['third', 'second', 'first']);
    expect(ids(store.history('', 2))).toEqual(['third', 'second']);
  });

  it('keeps the first ending and the first answer of a call', () => {
    const { store } = openStore();
    keepCall(store, 'a', 10_000);
    store.append({ event: 'call-answered', callId: 'a', at: 50_000 });
    store.append({ event: 'call-ended', callId: 'a', reason: 'failed', at: 60_000 });
    expect(store.history('', 10)).toMatchObject([
      { answeredAt: 11_000, endedAt: 14_000, reason: 'hung-up-there' },
    ]);
  });

  it('keeps every event in order with its details', () => {
    const { store, rows } = openStore();
    keepCall(store, 'a', 1000);
    store.append({ event: 'digits-received', callId: 'a', digits: '42#', at: 6000 });
    const kept = rows('SELECT event, at FROM events ORDER BY id');
    expect(kept).toMatchObject([
      { event: 'call-ringing', at: 1000 },
      { event: 'call-answered', at: 2000 },
      { event: 'call-ended', at: 5000 },
      { event: 'digits-received', at: 6000 },
    ]);
    expect(rows("SELECT detail FROM events WHERE event = 'digits-received'")).toMatchObject([
      { detail: '{"digits":"42#"}' },
    ]);
  });
});

describe('the name of a number', () => {
  it('is the one last seen, and null when none was', () => {
    const { store } = openStore();
    expect(store.nameOf(DANA.number)).toBeNull();
    keepCall(store, 'new', 20_000, { ...DANA, name: 'Dana R. Reyes' });
    keepCall(store, 'old', 10_000, DANA);
    keepCall(store, 'nameless', 30_000, { ...DANA, name: null });
    keepCall(store, 'unknown', 40_000, UNKNOWN);
    expect(store.nameOf(DANA.number)).toBe('Dana R. Reyes');
    expect(store.nameOf(UNKNOWN.number)).toBeNull();
  });
});

describe('a run that was cut off', () => {
  it('leaves its history to the next, and its open calls end as interrupted', () => {
    const first = openStore();
    keepCall(first.store, 'ended', 10_000);
    first.store.append(ringing('rang', 20_000));
    first.store.append(ringing('talked', 30_000));
    first.store.append({ event: 'call-answered', callId: 'talked', at: 31_000 });

    const { store, problem } = openStore(first.folder);
    expect(problem).toBeNull();
    expect(ids(store.history('', 10))).toEqual(['ended']);
    expect(store.endInterrupted()).toBe(2);
    expect(store.history('', 10)).toMatchObject([
      { id: 'talked', answeredAt: 31_000, endedAt: 31_000, reason: 'interrupted' },
      { id: 'rang', answeredAt: null, endedAt: 20_000, reason: 'interrupted' },
      { id: 'ended', reason: 'hung-up-there' },
    ]);
    expect(store.endInterrupted()).toBe(0);
  });

  it('changes nothing when it was closed in order', () => {
    const first = openStore();
    keepCall(first.store, 'a', 10_000);
    const before = first.store.history('', 10);
    first.store.close();
    const { store } = openStore(first.folder);
    expect(store.endInterrupted()).toBe(0);
    expect(store.history('', 10)).toEqual(before);
  });
});

describe('calls that an earlier run left open', () => {
  it('are told with all that is known of them, oldest first', () => {
    const first = openStore();
    keepCall(first.store, 'over', 5000);
    first.store.append(ringing('second', 20_000, LEE));
    first.store.append({
      event: 'call-requested',
      ...introduction('first', 'outbound'),
      callSid: null,
      kind: 'notify',
      at: 10_000,
    });
    first.store.append({ event: 'call-named', callId: 'first', callSid: 'CA1', at: 10_500 });
    first.store.append({ event: 'call-answered', callId: 'first', at: 11_000 });

    const { store } = openStore(first.folder);
    const ours = '+14155550100';
    expect(store.unfinished()).toEqual([
      {
        id: 'first',
        sid: 'CA1',
        direction: 'outbound',
        kind: 'notify',
        them: DANA,
        ours,
        startedAt: 10_000,
        answeredAt: 11_000,
        lastSeenAt: 11_000,
      },
      {
        id: 'second',
        sid: 'CAsecond',
        direction: 'inbound',
        kind: 'direct',
        them: LEE,
        ours,
        startedAt: 20_000,
        answeredAt: null,
        lastSeenAt: 20_000,
      },
    ]);
  });

  it('are none any more once they were brought back and ended', () => {
    const first = openStore();
    first.store.append(ringing('a', 1000));
    const { store, rows } = openStore(first.folder);
    const restored = { ...introduction('a'), startedAt: 1000, answeredAt: null };
    store.append({ event: 'call-restored', ...restored, at: 60_000 });
    expect(store.unfinished()).toHaveLength(1);
    store.append({ event: 'call-ended', callId: 'a', reason: 'missed', at: 61_000 });
    expect(store.unfinished()).toEqual([]);
    expect(store.history('', 10)).toMatchObject([{ id: 'a', startedAt: 1000, reason: 'missed' }]);
    expect(rows("SELECT event FROM events WHERE event = 'call-restored'")).toHaveLength(1);
  });
});

describe('the calls that are known', () => {
  it('are those of which anything is kept, also of earlier runs', () => {
    const first = openStore();
    first.store.append(ringing('a', 1000));
    expect(first.store.knows('a')).toBe(true);
    expect(first.store.knows('b')).toBe(false);
    expect(openStore(first.folder).store.knows('a')).toBe(true);
  });

  it('are also those whose events wait for the disk', () => {
    const { store, refuseWrites } = openStore();
    refuseWrites(true);
    store.append(ringing('a', 1000));
    expect(store.knows('a')).toBe(true);
  });
});

describe('what is kept of a call beside its times', () => {
  it('is what kind it was and who took it', () => {
    const { store } = openStore();
    store.append({
      event: 'call-requested',
      ...introduction('a', 'outbound'),
      kind: 'notify',
      at: 1,
    });
    store.append({
      event: 'answerer-detected',
      callId: 'a',
      answeredBy: 'machine',
      detail: 'machine_end_beep',
      at: 2,
    });
    store.append({ event: 'call-ended', callId: 'a', reason: 'voicemail', at: 3 });
    expect(store.history('', 10)).toMatchObject([
      { kind: 'notify', answeredBy: 'machine', reason: 'voicemail' },
    ]);
  });

  it('is that it was refused, without ever having rung', () => {
    const { store, rows } = openStore();
    store.append({ event: 'call-refused', because: 'policy', ...introduction('a'), at: 1000 });
    expect(store.unfinished()).toEqual([]);
    expect(store.history('', 10)).toMatchObject([
      { id: 'a', startedAt: 1000, endedAt: 1000, answeredAt: null, reason: 'refused' },
    ]);
    expect(rows('SELECT event FROM events')).toEqual([{ event: 'call-refused' }]);
  });
});

describe('a disk that refuses', () => {
  it('makes events wait, is told once, and loses none of them', () => {
    const { store, told, refuseWrites, rows } = openStore();
    keepCall(store, 'before', 10_000);
    expect(told).toEqual([]);

    refuseWrites(true);
    store.append(ringing('during', 20_000));
    store.append({ event: 'call-answered', callId: 'during', at: 21_000 });
    expect(store.waiting()).toBe(2);
    expect(told).toEqual([false]);
    expect(ids(store.history('', 10))).toEqual(['before']);

    refuseWrites(false);
    store.append({ event: 'call-ended', callId: 'during', reason: 'hung-up-here', at: 22_000 });
    expect(store.waiting()).toBe(0);
    expect(told).toEqual([false, true]);
    expect(store.history('', 10)).toMatchObject([
      { id: 'during', startedAt: 20_000, answeredAt: 21_000, endedAt: 22_000 },
      { id: 'before' },
    ]);
    expect(rows("SELECT event FROM events WHERE call_id = 'during' ORDER BY id")).toMatchObject([
      { event: 'call-ringing' },
      { event: 'call-answered' },
      { event: 'call-ended' },
    ]);
  });

  it('has its events written at the end, once it takes them again', () => {
    const first = openStore();
    first.refuseWrites(true);
    keepCall(first.store, 'a', 10_000);
    first.refuseWrites(false);
    first.store.close();
    expect(ids(openStore(first.folder).store.history('', 10))).toEqual(['a']);
  });
});
