import { describe, expect, it } from 'vitest';
import { createSeatNumbers } from '../../electron/line/seat-numbers.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { quietLog } from '../support/quiet-log.ts';
import { BEFORE, DESK, keeperOf, openPointed, ownedAccount } from './kept-number.ts';

/** Numbers of an account that seats may be called by. */
async function open(origin: string | null = DESK) {
  const account = await ownedAccount();
  const pointed = openPointed();
  const numbers = createSeatNumbers({
    clock: fakeClock(),
    log: quietLog,
    keeperOf: number => keeperOf({ ...account, number }, pointed, origin),
  });
  return { account, numbers, pointed };
}

describe('a second number', () => {
  it('rings here from when a seat is first called by it until the line closes', async () => {
    const { account, numbers, pointed } = await open();
    await numbers.point(account.number);
    await numbers.point(account.number);
    expect((await account.now()).voiceUrl).toBe(`${DESK}/voice/webhook`);
    await numbers.close();
    expect((await account.now()).voiceUrl).toBe(BEFORE.voiceUrl);
    expect(pointed.of(account.accountSid)).toEqual([]);
  });

  it('that the account does not own is refused', async () => {
    const { numbers } = await open();
    const refused = { problem: { kind: 'seat-refused' } };
    await expect(numbers.point('+14155550999')).rejects.toMatchObject(refused);
    await numbers.close();
  });

  it('is refused where only a relay is known', async () => {
    const ports = { clock: fakeClock(), log: quietLog, keeperOf: () => null };
    const asked = createSeatNumbers(ports).point('+14155550111');
    await expect(asked).rejects.toMatchObject({ problem: { kind: 'seat-refused' } });
  });
});
