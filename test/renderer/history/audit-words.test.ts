import { describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../../electron/core/audit.ts';
import { auditWords, isAuditFound, visitsOf } from '../../../renderer/history/audit-words.ts';
import { DANA, NOW } from '../console-states.ts';
import { MARIA } from '../wall/calls-of-others.ts';

function entry(action: AuditEntry['action'], change: Partial<AuditEntry> = {}): AuditEntry {
  return {
    at: NOW,
    callId: 'one',
    callSid: 'CA-one',
    by: 'Sam',
    action,
    mode: null,
    whom: [],
    them: DANA,
    ...change,
  };
}

test('an entry says who heard it', () => {
  expect(auditWords(entry('spoke', { mode: 'whisper', whom: [MARIA] }))).toBe('whispered to Maria');
  expect(auditWords(entry('spoke', { mode: 'barge', whom: [DANA, MARIA] }))).toBe(
    'spoke to Dana and Maria',
  );
  expect(auditWords(entry('mode-changed', { mode: 'takeover', whom: [DANA] }))).toBe(
    'began to take over, heard by Dana',
  );
  expect(auditWords(entry('mode-changed', { mode: 'listen' }))).toBe('went back to listening');
  expect(auditWords(entry('mode-refused', { mode: 'barge' }))).toBe('could not speak to all');
  expect(auditWords(entry('held', { whom: [MARIA] }))).toBe('put Maria on hold');
  expect(auditWords(entry('transferred', { whom: [MARIA] }))).toBe(
    'transferred Dana Reyes to Maria',
  );
});

test('an entry is found by call, person and act', () => {
  const spoke = entry('spoke', { mode: 'whisper', whom: [MARIA] });
  const found = ['', 'sam', 'dana', '0177', 'Maria', 'whisper', 'ca-one', '(415) 555'].map(text =>
    isAuditFound(spoke, text),
  );
  expect(found).toEqual(Array(8).fill(true));
  expect(isAuditFound(spoke, 'lee')).toBe(false);
});

describe('who was on a call', () => {
  test('is told once each, with from, to and acts', () => {
    const visits = visitsOf([
      entry('stopped-listening', { at: 9 }),
      entry('spoke', { at: 5, mode: 'whisper', whom: [MARIA] }),
      entry('fell-silent', { at: 6 }),
      entry('listened', { at: 3 }),
      entry('listened', { at: 4, by: 'Lee' }),
    ]);
    expect(visits.map(({ by, from, to }) => [by, from, to])).toEqual([
      ['Sam', 3, 9],
      ['Lee', 4, null],
    ]);
    expect(visits[0]?.acts.map(({ action }) => action)).toEqual(['spoke']);
  });

  test('tells once that somebody spoke to the same people again and again', () => {
    const to = (whom: AuditEntry['whom'], at: number) =>
      entry('spoke', { at, mode: 'barge', whom });
    const visits = visitsOf([
      to([DANA, MARIA], 1),
      entry('fell-silent', { at: 2 }),
      to([DANA, MARIA], 3),
      to([DANA], 4),
    ]);
    expect(visits[0]?.acts.map(({ at }) => at)).toEqual([1, 4]);
  });

  test('is still there when somebody came back', () => {
    const visits = visitsOf([
      entry('listened', { at: 1 }),
      entry('stopped-listening', { at: 2 }),
      entry('listened', { at: 3 }),
    ]);
    expect(visits[0]?.to).toBeNull();
  });

  test('is nobody without entries', () => {
    expect(visitsOf([])).toEqual([]);
  });
});
