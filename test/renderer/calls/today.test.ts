import { expect, test } from 'vitest';
import { today } from '../../../renderer/calls/today.ts';
import { endedCall, NOW } from '../console-states.ts';

test('the day is counted from midnight', () => {
  const calls = [
    endedCall({ startedAt: NOW - 130_000, answeredAt: NOW - 120_000, endedAt: NOW - 60_000 }),
    endedCall({
      startedAt: NOW - 50_000,
      answeredAt: null,
      endedAt: NOW - 20_000,
      reason: 'missed',
    }),
    endedCall({ direction: 'outbound', startedAt: NOW - 9000, answeredAt: null, endedAt: NOW }),
    endedCall({ startedAt: NOW - 86_400_000 }),
  ];
  expect(today(calls, NOW)).toEqual({
    answered: 1,
    made: 1,
    missed: 1,
    talkMs: 60_000,
    longestWaitMs: 30_000,
  });
});
