import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { markRun } from '../../electron/diagnostics/run-mark.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { quietLog } from '../support/quiet-log.ts';
import { recordingLog } from '../support/recording-log.ts';
import { tempFolder } from '../support/temp-folder.ts';

let path: string;
const run = () => markRun(path, fakeClock(1000), quietLog);

beforeEach(() => {
  path = join(tempFolder(), 'data', 'last-run.json');
});

test('A first run has none before it, nor has one after a clean end', () => {
  const first = run();
  expect(first.before).toBeNull();
  first.end();
  expect(existsSync(path)).toBe(false);
  expect(run().before).toBeNull();
});

test('A run that broke off is known to the next one, with what nobody caught', () => {
  run().fault(new TypeError('+14155550177'));
  expect(readFileSync(path, 'utf8')).not.toContain('4155550177');
  const { before } = run();
  expect(before).toMatchObject({ startedAt: 1000, faults: [{ error: { name: 'TypeError' } }] });
  // And only to the next one.
  expect(run().before?.faults).toEqual([]);
});

test('A run that hung at its end, or gave up, is known to the next one all the same', () => {
  const first = run();
  first.stay();
  first.end();
  expect(run().before).toMatchObject({ startedAt: 1000 });
});

test('A thousand errors leave a small mark', () => {
  const mark = run();
  for (let i = 0; i < 1000; i += 1) mark.fault(new Error(String(i)));
  expect(readFileSync(path, 'utf8').length).toBeLessThan(100_000);
  expect(run().before?.faults).toHaveLength(20);
});

test('A mark that somebody wrote, or that broke off itself, tells nothing but that the run did', () => {
  mkdirSync(join(path, '..'));
  const texts = [
    '',
    '{"startedAt":1',
    '[]',
    JSON.stringify({
      startedAt: 1,
      faults: [{ at: 1, error: { name: 'Maria', code: null, frames: ['+14155550177'] } }],
    }),
  ];
  for (const text of texts) {
    writeFileSync(path, text);
    expect(run().before).toEqual({ startedAt: 0, faults: [] });
  }
});

test('A disk that refuses is told in the log and keeps nobody from starting', () => {
  mkdirSync(path, { recursive: true });
  const { log, messages } = recordingLog();
  const mark = markRun(path, fakeClock(), log);
  mark.fault(new Error('x'));
  mark.end();
  expect(messages.length).toBeGreaterThanOrEqual(2);
});
