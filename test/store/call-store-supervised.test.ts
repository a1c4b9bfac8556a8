import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CallEvent } from '../../electron/core/events.ts';
import { createCallStore } from '../../electron/store/call-store.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { DANA, followedFacts, leg, MARIA, roomView, SAM } from '../core/room-facts.ts';
import { introduction } from '../support/builders.ts';
import { tempFolder } from '../support/temp-folder.ts';

function openStore(folder = tempFolder()) {
  const { database } = openDatabase(join(folder, 'earshot.db'), 'then');
  onTestFinished(() => {
    if (database.isOpen) database.close();
  });
  const store = createCallStore(database, () => {});
  const append = (at: number, ...events: readonly CallFactOf[]): void => {
    for (const event of events) store.append({ ...event, at } as CallEvent);
  };
  return { store, append, folder };
}

type CallFactOf = ReturnType<typeof followedFacts>[number];

const ended = { event: 'call-ended', callId: 'a', reason: 'hung-up-there' } as const;

describe('a call of others', () => {
  it('is in the history from its own beginning to its end, with who served', () => {
    const { store, append } = openStore();
    append(1000, ...followedFacts('a'));
    append(9000, ended);
    expect(store.history('', 10)).toMatchObject([
      {
        id: 'a',
        sid: 'CAa',
        kind: 'supervised',
        them: DANA,
        others: [MARIA],
        startedAt: 500,
        answeredAt: 500,
        endedAt: 9000,
      },
    ]);
    expect(store.ended({ callSid: 'CAa' })).toMatchObject({ others: [MARIA] });
  });

  it('keeps who was on it and left, once', () => {
    const { store, append } = openStore();
    const legs = [leg('CAa', DANA), leg('CAsam', SAM)];
    append(1000, ...followedFacts('a'));
    append(2000, { event: 'room-changed', callId: 'a', room: roomView({ legs }) });
    append(3000, { event: 'room-changed', callId: 'a', room: roomView({ legs: [] }) }, ended);
    expect(store.history('', 10)[0]?.others).toEqual([MARIA, SAM]);
  });

  it('is found by whoever served, by name and number', () => {
    const { store, append } = openStore();
    const legs = [leg('CAa', DANA), leg('CAsam', SAM)];
    append(1000, ...followedFacts('a'));
    append(2000, { event: 'room-changed', callId: 'a', room: roomView({ legs }) }, ended);
    const finds = (query: string): number => store.history(query, 10).length;
    expect(['ortiz', 'maria', '555-0142', 'Dana'].map(finds)).toEqual([1, 1, 1, 1]);
    expect(['name', 'number', 'nobody'].map(finds)).toEqual([0, 0, 0]);
  });

  it('ends with the run that followed it, and is not brought back', () => {
    const first = openStore();
    first.append(1000, ...followedFacts('a'));
    first.append(2000, { event: 'mute-changed', callId: 'a', on: false });
    first.append(3000, { event: 'call-ringing', ...introduction('own') });
    const { store } = openStore(first.folder);
    expect(store.unfinished().map(({ id }) => id)).toEqual(['own']);
    expect(store.history('', 10)).toMatchObject([
      { id: 'a', reason: 'interrupted', endedAt: 2000 },
    ]);
  });

  it('is none of those that wait to be brought back while it goes on', () => {
    const { store, append } = openStore();
    append(1000, ...followedFacts('a'));
    expect(store.unfinished()).toEqual([]);
  });
});

describe('a direct call with others on it', () => {
  it('keeps its kind and who was brought in', () => {
    const { store, append } = openStore();
    append(1000, { event: 'call-ringing', ...introduction('a') });
    append(2000, { event: 'call-answered', callId: 'a' });
    append(3000, { event: 'room-changed', callId: 'a', room: roomView() }, ended);
    expect(store.history('', 10)).toMatchObject([{ kind: 'direct', others: [MARIA] }]);
  });
});
