import { beforeEach, expect, test } from 'vitest';
import { createFaultWatch, type FaultWatch } from '../../electron/diagnostics/fault-watch.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';
import { recordingLog } from '../support/recording-log.ts';

let clock: FakeClock;
let watch: FaultWatch;
let done: string[];

beforeEach(() => {
  clock = fakeClock();
  done = [];
  watch = createFaultWatch({
    clock,
    log: recordingLog().log,
    keep: error => done.push(`kept ${error}`),
    onFault: () => done.push('voice back'),
    onGiveUp: () => done.push('end'),
  });
});

test('An error nobody caught takes the voice of this desk back, and calls go on', () => {
  watch.exception('a');
  expect(done).toEqual(['kept a', 'voice back']);
});

test('The third within a minute ends the run in order, once', () => {
  for (const error of ['a', 'b', 'c', 'd']) watch.exception(error);
  expect(done.filter(act => act === 'end')).toHaveLength(1);
  expect(done.indexOf('end')).toBeGreaterThan(done.indexOf('kept c'));
  expect(done.at(-1)).toBe('kept d');
});

test('Errors that come now and then never end it', () => {
  for (let i = 0; i < 20; i += 1) {
    watch.exception('a');
    clock.advance(31_000);
  }
  expect(done).not.toContain('end');
});

test('A promise nobody waited for is kept and told, and nothing else follows', () => {
  for (let i = 0; i < 10; i += 1) watch.rejection('a');
  expect(new Set(done)).toEqual(new Set(['kept a']));
});

test('What fails in dealing with an error keeps none of the rest from being done', () => {
  const fail = (): never => {
    throw new Error('the log is gone');
  };
  const failing = createFaultWatch({
    clock,
    log: { ...recordingLog().log, error: fail },
    keep: fail,
    onFault: fail,
    onGiveUp: () => done.push('end'),
  });
  failing.rejection('a');
  for (const error of ['a', 'b', 'c']) failing.exception(error);
  expect(done).toEqual(['end']);
});
