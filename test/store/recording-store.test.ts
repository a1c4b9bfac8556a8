import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CallEvent } from '../../electron/core/events.ts';
import type { CallQuality } from '../../electron/core/quality.ts';
import type { Recorder } from '../../electron/core/recording.ts';
import { createCallStore } from '../../electron/store/call-store.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { introduction } from '../support/builders.ts';
import { tempFolder } from '../support/temp-folder.ts';

function openStore(folder = tempFolder()) {
  const { database } = openDatabase(join(folder, 'earshot.db'), 'then');
  const told: boolean[] = [];
  const store = createCallStore(database, writable => told.push(writable));
  onTestFinished(() => {
    if (database.isOpen) database.close();
  });
  return { store, folder, told, database };
}

type Store = ReturnType<typeof openStore>['store'];

function begin(store: Store, callId: string, at: number): void {
  store.append({ event: 'call-ringing', ...introduction(callId), at });
  store.append({ event: 'call-answered', callId, at: at + 1 });
}

function end(store: Store, callId: string, at: number): void {
  store.append({ event: 'call-ended', callId, reason: 'hung-up-there', at });
}

function started(callId: string, recordingId: string, by: Recorder, at: number): CallEvent {
  return {
    event: 'recording-started',
    callId,
    recordingId,
    by,
    offsetMs: 12.5,
    recordingSid: by === 'twilio' ? `RE${recordingId}` : null,
    account: by === 'twilio' ? 'AC1' : null,
    path: `/data/${recordingId}.wav`,
    at,
  };
}

function stopped(callId: string, recordingId: string, at: number): CallEvent {
  return { event: 'recording-stopped', callId, recordingId, because: 'asked', at };
}

function saved(callId: string, recordingId: string, at: number): CallEvent {
  return { event: 'recording-saved', callId, recordingId, durationMs: 1500.5, at };
}

const QUALITY: CallQuality = {
  receivedFrames: 100,
  lateFrames: 1,
  missingFrames: 2,
  droppedMs: 3,
  insertedMs: 4,
  depthMs: 5,
  targetMs: 6,
  jitterMs: 7.5,
  addedMs: 8.5,
  unsentFrames: 9,
};

describe('a recording', () => {
  it('is kept with all that is known of it, as it goes', () => {
    const { store } = openStore();
    begin(store, 'a', 1000);
    store.append(started('a', 'r', 'here', 2000));
    const running = {
      id: 'r',
      callId: 'a',
      by: 'here',
      sid: null,
      account: null,
      startedAt: 2000,
      offsetMs: 12.5,
      durationMs: 0,
      status: 'running',
      path: '/data/r.wav',
    };
    expect(store.recording('r')).toEqual(running);
    expect(store.unfinishedRecordings()).toEqual([running]);
    store.append(stopped('a', 'r', 3000));
    expect(store.recording('r')?.status).toBe('running');
    store.append(saved('a', 'r', 3001));
    const kept = { ...running, status: 'kept', durationMs: 1500.5 };
    expect(store.recordingsOf('a')).toEqual([kept]);
    expect(store.unfinishedRecordings()).toEqual([]);
    expect(store.recording('other')).toBeNull();
    expect(store.recordingsOf('other')).toEqual([]);
  });

  it('of Twilio’s waits from its end until it is here, and is the same when told again', () => {
    const { store } = openStore();
    begin(store, 'a', 1000);
    store.append(started('a', 'r', 'twilio', 2000));
    store.append(started('a', 'r', 'twilio', 9000));
    expect(store.recordingsOf('a')).toMatchObject([
      { startedAt: 2000, sid: 'REr', account: 'AC1' },
    ]);
    store.append(stopped('a', 'r', 9500));
    expect(store.unfinishedRecordings()).toMatchObject([{ status: 'waiting' }]);
    store.append(saved('a', 'r', 9600));
    expect(store.recording('r')?.status).toBe('kept');
  });

  it('that is deleted stays so, whatever is told of it later', () => {
    const { store } = openStore();
    begin(store, 'a', 1000);
    store.append(started('a', 'r', 'twilio', 2000));
    const about = { callId: 'a', recordingId: 'r' };
    store.append({ event: 'recording-deleted', ...about, because: 'asked', at: 3000 });
    store.append(saved('a', 'r', 3100));
    store.append({ event: 'recording-lost', ...about, at: 3200 });
    expect(store.recording('r')?.status).toBe('deleted');
  });

  it('is found by its age while it is here', () => {
    const { store } = openStore();
    begin(store, 'a', 1000);
    for (const [id, at] of [
      ['second', 3000],
      ['first', 2000],
      ['young', 9000],
      ['lost', 2500],
    ] as const) {
      store.append(started('a', id, 'here', at));
      store.append(saved('a', id, at + 1));
    }
    store.append({ event: 'recording-lost', callId: 'a', recordingId: 'lost', at: 9000 });
    const ids = store.recordingsKeptBefore(9000).map(({ id }) => id);
    expect(ids).toEqual(['first', 'second']);
    expect(store.recordingsLostBefore(9000).map(({ id }) => id)).toEqual(['lost']);
    expect(store.recordingsLostBefore(2500)).toEqual([]);
  });

  it('outlives the run with its events', () => {
    const { store, folder } = openStore();
    begin(store, 'a', 1000);
    store.append(started('a', 'r', 'here', 2000));
    store.append(saved('a', 'r', 3000));
    store.close();
    const again = openStore(folder).store;
    expect(again.recording('r')).toMatchObject({ status: 'kept' });
    expect(again.eventsOf('a')).toEqual([
      { event: 'call-ringing', ...introduction('a'), at: 1000 },
      { event: 'call-answered', callId: 'a', at: 1001 },
      started('a', 'r', 'here', 2000),
      saved('a', 'r', 3000),
    ]);
  });

  it('is written with its event or not at all', () => {
    const { store, told, database } = openStore();
    begin(store, 'a', 1000);
    database.exec('PRAGMA query_only = ON');
    store.append(started('a', 'r', 'here', 2000));
    expect(store.recording('r')).toBeNull();
    expect(told).toEqual([false]);
    database.exec('PRAGMA query_only = OFF');
    store.append(saved('a', 'r', 3000));
    expect(store.recording('r')?.status).toBe('kept');
    expect(store.eventsOf('a')).toHaveLength(4);
    expect(told).toEqual([false, true]);
  });
});

describe('an ended call', () => {
  it('tells how its sound went, and is found by either name', () => {
    const { store } = openStore();
    begin(store, 'a', 1000);
    expect(store.ended({ callId: 'a' })).toBeNull();
    end(store, 'a', 5000);
    store.append({ event: 'sound-measured', callId: 'a', quality: QUALITY, at: 5001 });
    expect(store.history('', 1)).toMatchObject([{ id: 'a', quality: QUALITY }]);
    expect(store.ended({ callId: 'a' })).toMatchObject({ id: 'a', quality: QUALITY });
    expect(store.ended({ callSid: 'CAa' })).toMatchObject({ id: 'a' });
    expect(store.ended({ callId: 'b', callSid: 'CAb' })).toBeNull();
    expect(store.ended({})).toBeNull();
  });

  it.each<readonly [string, readonly CallEvent[], 'kept' | 'waiting' | null]>([
    ['nothing without a recording', [], null],
    ['nothing while its file is being ended', [started('a', 'r', 'here', 2)], null],
    ['that Twilio still records', [started('a', 'r', 'twilio', 2)], 'waiting'],
    ['that Twilio’s is awaited', [started('a', 'r', 'twilio', 2), stopped('a', 'r', 3)], 'waiting'],
    ['that one is kept', [started('a', 'r', 'here', 2), saved('a', 'r', 3)], 'kept'],
    [
      'that one is kept while another is awaited',
      [
        started('a', 'r', 'here', 2),
        saved('a', 'r', 3),
        started('a', 's', 'twilio', 4),
        stopped('a', 's', 5),
      ],
      'kept',
    ],
    [
      'nothing when all are gone',
      [
        started('a', 'r', 'here', 2),
        saved('a', 'r', 3),
        { event: 'recording-deleted', callId: 'a', recordingId: 'r', because: 'retention', at: 4 },
        started('a', 's', 'twilio', 5),
        { event: 'recording-lost', callId: 'a', recordingId: 's', at: 6 },
      ],
      null,
    ],
  ])('tells %s', (_, events, recorded) => {
    const { store } = openStore();
    begin(store, 'a', 0);
    for (const event of events) store.append(event);
    end(store, 'a', 10);
    expect(store.history('', 1)).toMatchObject([{ recorded }]);
    expect(store.ended({ callId: 'a' })?.recorded).toBe(recorded);
  });
});
