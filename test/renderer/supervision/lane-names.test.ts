import { expect, test } from 'vitest';
import { laneNames } from '../../../renderer/supervision/lane-names.ts';
import { liveCall } from '../console-states.ts';
import { DANA_LEG, desk, leg, MARIA_LEG, seat, servedCall, supervisedCall } from './room-calls.ts';

const TOM = leg({ sid: 'CA-tom', party: { number: '+14155550134', name: 'Tom Hill' } });

test.each([
  [liveCall(), 'You', 'Dana'],
  [supervisedCall(), 'Maria', 'Dana and Maria'],
  [supervisedCall({ legs: [DANA_LEG, MARIA_LEG, TOM] }), 'Maria and Tom', 'Dana, Maria and Tom'],
  [supervisedCall({ seat: seat() }), 'You and Maria', 'Dana and Maria'],
  [supervisedCall({ seat: seat(), legs: [DANA_LEG, { ...MARIA_LEG, held: true }] }), 'You', 'Dana'],
  [
    supervisedCall({
      seat: seat(),
      legs: [
        { ...DANA_LEG, held: true },
        { ...MARIA_LEG, held: true },
      ],
    }),
    'You',
    'Dana and Maria',
  ],
  [supervisedCall({ seat: seat(), legs: [{ ...DANA_LEG, held: true }] }), 'You', 'Dana'],
  [supervisedCall({ seat: seat(), legs: [] }), 'You', 'Dana'],
  [servedCall(), 'Booker AI', 'Dana and Booker'],
  [servedCall({ status: 'silent' }), 'You', 'Dana'],
])('each side is named by who speaks on it (%#)', (call, us, heard) => {
  expect(laneNames(call, desk(call))).toEqual({ us, heard });
});
