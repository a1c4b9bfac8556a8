import { expect, test } from 'vitest';
import { wouldBeByPhone } from '../../../renderer/supervision/phone-seat.ts';
import { liveCall } from '../console-states.ts';
import { seat, supervisedCall } from './room-calls.ts';

test('a speaking mode goes by the telephone where it is the seat, or is to be', () => {
  const byChoice = { seatWay: 'phone' } as const;
  const byItself = { seatWay: null };
  expect(wouldBeByPhone(supervisedCall({ seat: seat({ way: 'phone' }) }), byItself)).toBe(true);
  expect(wouldBeByPhone(supervisedCall(), byChoice)).toBe(true);
  expect(wouldBeByPhone(supervisedCall(), byItself)).toBe(false);
  expect(wouldBeByPhone(supervisedCall({ seat: seat() }), byChoice)).toBe(false);
  expect(wouldBeByPhone(liveCall(), byChoice)).toBe(false);
});
