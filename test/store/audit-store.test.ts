import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AuditEntry } from '../../electron/core/audit.ts';
import { createAuditStore } from '../../electron/store/audit-store.ts';
import { createCallStore } from '../../electron/store/call-store.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { DANA, followedFacts, MARIA } from '../core/room-facts.ts';
import { tempFolder } from '../support/temp-folder.ts';

const ALL = { callId: null, callSid: null, since: 0, limit: null };

/** The audit in a folder, with the means to make its writing fail and to end as a killed process does. */
function openAudit(folder = tempFolder()) {
  const { database } = openDatabase(join(folder, 'earshot.db'), 'then');
  const told: boolean[] = [];
  const calls = createCallStore(database, () => {});
  const audit = createAuditStore(database, writable => told.push(writable));
  const kill = (): void => {
    if (database.isOpen) database.close();
  };
  onTestFinished(kill);
  const refuseWrites = (refuse: boolean): void =>
    database.exec(`PRAGMA query_only = ${refuse ? 'ON' : 'OFF'}`);
  return { audit, calls, folder, told, refuseWrites, kill };
}

function entry(at: number, change: Partial<AuditEntry> = {}): AuditEntry {
  return {
    at,
    callId: 'a',
    callSid: 'CAa',
    by: 'Lee',
    action: 'mode-changed',
    mode: 'whisper',
    whom: [MARIA],
    them: DANA,
    ...change,
  };
}

describe('the audit', () => {
  it('keeps every entry as it is, also one without a mode, a CallSid or a name', () => {
    const { audit } = openAudit();
    const bare = entry(2000, {
      callSid: null,
      mode: null,
      whom: [],
      them: { number: 'anonymous', name: null },
    });
    audit.append(entry(1000));
    audit.append(bare);
    expect(audit.entries(ALL)).toEqual([bare, entry(1000)]);
  });

  it('tells the newest first: of one call, since a time, as many as asked for', () => {
    const { audit } = openAudit();
    for (let at = 1; at <= 4; at += 1) audit.append(entry(at));
    audit.append(entry(5, { callId: 'b', callSid: 'CAb' }));
    const times = (query: Partial<typeof ALL> | object) =>
      audit.entries({ ...ALL, ...query }).map(({ at }) => at);
    expect(times({})).toEqual([5, 4, 3, 2, 1]);
    expect(times({ callId: 'a', limit: 2 })).toEqual([4, 3]);
    expect(times({ callSid: 'CAb' })).toEqual([5]);
    expect(times({ since: 4 })).toEqual([5, 4]);
    expect(times({ callId: 'x' })).toEqual([]);
  });

  it('makes entries wait while the disk refuses, is told once, and loses none of them', () => {
    const { audit, told, refuseWrites } = openAudit();
    refuseWrites(true);
    audit.append(entry(1));
    audit.append(entry(2));
    expect(audit.entries(ALL)).toEqual([]);
    refuseWrites(false);
    audit.append(entry(3));
    expect(told).toEqual([false, true]);
    expect(audit.entries(ALL).map(({ at }) => at)).toEqual([3, 2, 1]);
  });

  it('has what waited written at the end', () => {
    const first = openAudit();
    first.refuseWrites(true);
    first.audit.append(entry(1));
    first.refuseWrites(false);
    first.audit.close();
    first.kill();
    expect(openAudit(first.folder).audit.entries(ALL)).toHaveLength(1);
  });
});

describe('the audit after a killed run', () => {
  it('has its entries, and ends what was begun when the call was last known of', () => {
    const first = openAudit();
    for (const fact of followedFacts('a')) first.calls.append({ ...fact, at: 1000 });
    first.audit.append(entry(1000, { action: 'listened', mode: 'listen', whom: [] }));
    first.audit.append(entry(2000, { action: 'took-seat', mode: null }));
    first.audit.append(entry(3000, { action: 'spoke', mode: 'barge', whom: [DANA, MARIA] }));
    first.calls.append({ event: 'mute-changed', callId: 'a', on: false, at: 4000 });
    first.kill();
    const { audit } = openAudit(first.folder);
    expect(audit.entries({ ...ALL, limit: 3 })).toMatchObject([
      { action: 'stopped-listening', at: 4000, by: 'Lee', mode: 'listen', whom: [] },
      { action: 'left-seat', at: 4000 },
      { action: 'fell-silent', at: 4000, mode: 'barge', whom: [] },
    ]);
    expect(audit.entries(ALL)).toHaveLength(6);
  });

  it('ends nothing twice, and nothing that had its end', () => {
    const first = openAudit();
    first.audit.append(entry(1000, { action: 'listened' }));
    first.audit.append(entry(2000, { action: 'stopped-listening' }));
    first.audit.append(entry(3000, { action: 'listened', callId: 'b' }));
    first.kill();
    const second = openAudit(first.folder);
    expect(second.audit.entries(ALL)).toHaveLength(4);
    second.kill();
    expect(openAudit(first.folder).audit.entries(ALL)).toMatchObject([
      { action: 'stopped-listening', callId: 'b', at: 3000 },
      { action: 'listened', callId: 'b' },
      { action: 'stopped-listening', callId: 'a' },
      { action: 'listened', callId: 'a' },
    ]);
  });
});
