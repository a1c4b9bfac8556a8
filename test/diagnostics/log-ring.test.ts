import { expect, test } from 'vitest';
import { createLogRing, remembered } from '../../electron/diagnostics/log-ring.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { recordingLog } from '../support/recording-log.ts';

test('The log is written as before, and remembered', () => {
  const { log, messages } = recordingLog();
  const ring = createLogRing(fakeClock(1000));
  const both = remembered(log, ring);
  both.warn({ crashes: 2, code: 1006 }, 'sound process ended');
  both.error({ err: new RangeError('x') }, 'a listener failed');
  both.info('ready');
  both.debug('never remembered');
  expect(messages).toEqual([
    'sound process ended',
    'a listener failed',
    'ready',
    'never remembered',
  ]);
  expect(ring.lines()).toMatchObject([
    {
      at: 1000,
      level: 'warn',
      sentence: 'sound process ended',
      fields: { crashes: 2, code: 1006 },
    },
    { level: 'error', error: { name: 'RangeError' } },
    { level: 'info', sentence: 'ready', error: null },
  ]);
});

test('Of the fields only numbers and switches that are known are remembered, and no long number', () => {
  const ring = createLogRing(fakeClock());
  ring.take('warn', [
    {
      code: 14_155_550_177,
      status: 'Maria',
      number: 4155550177,
      digits: 1234,
      on: true,
      crashes: 1,
      path: '/home/maria',
      callSid: 'CA123',
    },
    'a sentence',
  ]);
  expect(ring.lines()[0]?.fields).toEqual({ on: true, crashes: 1 });
});

test('Only the last lines are remembered', () => {
  const ring = createLogRing(fakeClock());
  for (let i = 0; i < 5000; i += 1) ring.take('info', [{ code: i }, 'x']);
  expect(ring.lines()).toHaveLength(2000);
  expect(ring.lines()[0]?.fields).toEqual({ code: 3000 });
});
