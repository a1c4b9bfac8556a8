import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { auditOfCalls, exportAudit } from '../../electron/commands/audit.ts';
import type { AuditEntry } from '../../electron/core/audit.ts';
import { createAuditStore } from '../../electron/store/audit-store.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { tempFolder } from '../support/temp-folder.ts';

const AT = Date.UTC(2026, 2, 3, 9, 30, 0, 250);

const SPOKE: AuditEntry = {
  at: AT,
  callId: 'a',
  callSid: 'CAa',
  by: 'Lee "the ear", desk 2',
  action: 'spoke',
  mode: 'whisper',
  whom: [
    { number: 'client:maria', name: 'Maria' },
    { number: '+14155550142', name: null },
    { number: '', name: 'Booker' },
  ],
  them: { number: '+14155550111', name: '=HYPERLINK("x")' },
};
const ASKED: AuditEntry = {
  ...SPOKE,
  at: AT + 1000,
  callId: 'b',
  callSid: null,
  by: 'Lee',
  action: 'took-seat',
  mode: null,
  whom: [],
  them: { number: 'anonymous', name: null },
};

/** What the commands act on, with an audit of two entries. */
function setUp() {
  const dataDir = tempFolder();
  const { database } = openDatabase(join(dataDir, 'earshot.db'), 'then');
  onTestFinished(() => database.close());
  const audit = createAuditStore(database, () => {});
  for (const entry of [SPOKE, ASKED]) audit.append(entry);
  return { targets: { audit, dataDir }, dataDir, folder: tempFolder() };
}

const NOT_WRITTEN = {
  problem: {
    kind: 'file-not-written',
    message: expect.any(String),
    remedy: expect.any(String),
  },
};

describe('the command about the audit', () => {
  it('tells the newest entries, all or of one call', () => {
    const { targets } = setUp();
    const command = { command: 'audit' } as const;
    expect(auditOfCalls(command, targets)).toEqual({ ok: true, entries: [ASKED, SPOKE] });
    expect(auditOfCalls({ ...command, callSid: 'CAa' }, targets)).toMatchObject({
      entries: [{ action: 'spoke' }],
    });
    expect(auditOfCalls({ ...command, limit: 1, since: AT }, targets)).toMatchObject({
      entries: [{ action: 'took-seat' }],
    });
  });
});

describe('the exported audit', () => {
  it('is CSV with a header, quoted where it must be, and without formulas', async () => {
    const { targets, folder } = setUp();
    const path = join(folder, 'audit.csv');
    await exportAudit({ command: 'export-audit', path, format: 'csv' }, targets);
    expect(readFileSync(path, 'utf8')).toBe(
      [
        'at,by,action,mode,customer,customer_number,whom,call_id,call_sid',
        '2026-03-03T09:30:01.250Z,Lee,took-seat,,,anonymous,,b,',
        [
          '2026-03-03T09:30:00.250Z',
          '"Lee ""the ear"", desk 2"',
          'spoke',
          'whisper',
          `"'=HYPERLINK(""x"")"`,
          '+14155550111',
          'Maria client:maria; +14155550142; Booker',
          'a',
          'CAa',
        ].join(','),
        '',
      ].join('\r\n'),
    );
  });

  it('is a JSON array with ISO times, and replaces a file that is there', async () => {
    const { targets, folder } = setUp();
    const path = join(folder, 'audit.json');
    writeFileSync(path, 'before');
    await exportAudit({ command: 'export-audit', path, format: 'json' }, targets);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual([
      { ...ASKED, at: '2026-03-03T09:30:01.250Z' },
      { ...SPOKE, at: '2026-03-03T09:30:00.250Z' },
    ]);
    expect(readdirSync(folder)).toEqual(['audit.json']);
  });

  it('is not written where it cannot be, nor among Earshot’s own files', async () => {
    const { targets, dataDir, folder } = setUp();
    mkdirSync(join(dataDir, 'recordings'));
    const link = join(folder, 'link');
    symlinkSync(dataDir, link);
    const before = readdirSync(dataDir);
    const places = [
      join(folder, 'no such folder', 'audit.csv'),
      join(dataDir, 'earshot.db'),
      join(dataDir, 'recordings', 'audit.csv'),
      join(link, 'audit.csv'),
    ];
    for (const path of places) {
      const exporting = exportAudit({ command: 'export-audit', path, format: 'csv' }, targets);
      await expect(exporting).rejects.toMatchObject(NOT_WRITTEN);
    }
    expect(readdirSync(dataDir)).toEqual(before);
    expect(readdirSync(folder)).toEqual(['link']);
  });
});
