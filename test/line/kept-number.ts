import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createNumberKeeper, type NumberKeeper } from '../../electron/line/number-keeper.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { createPointedNumbers, type PointedNumbers } from '../../electron/store/pointed-numbers.ts';
import { listNumbers, type OwnedNumber } from '../../electron/twilio/numbers.ts';
import { quietLog } from '../support/quiet-log.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { type Account, openAccount } from './account.ts';

/** The public address of the desk of these tests. */
export const DESK = 'https://desk.example.com';
/** Where the number goes before anybody takes it. */
export const BEFORE = {
  voiceUrl: 'http://127.0.0.1:1/before?tenant=7',
  statusCallback: 'http://127.0.0.1:1/before/status',
  smsUrl: 'http://127.0.0.1:1/before/sms',
};

/** The numbers that a desk has taken; those of an earlier run in its folder. */
export function openPointed(folder = tempFolder()): PointedNumbers {
  const { database } = openDatabase(join(folder, 'earshot.db'), 'then');
  onTestFinished(() => database.close());
  return createPointedNumbers(database);
}

/** The keeper of a desk; another one of the same database is its next run. */
export function keeperOf(
  {
    client,
    accountSid,
    number,
  }: { readonly number: string } & Pick<Account, 'client'> & {
      readonly accountSid: string;
    },
  pointed: PointedNumbers,
  origin: string | null = DESK,
  takeMessages = false,
): NumberKeeper {
  return createNumberKeeper({
    client,
    accountSid,
    number,
    origin: () => origin,
    deskId: 'this desk',
    takeMessages,
    pointed,
    log: quietLog,
  });
}

type OwnedAccount = Pick<Account, 'client'> & {
  readonly accountSid: string;
  readonly number: string;
  readonly now: () => Promise<OwnedNumber>;
  readonly change: (to: Partial<typeof BEFORE>) => Promise<void>;
};

/** An account whose first number goes elsewhere, and its owner's view of that number. */
export async function ownedAccount(): Promise<OwnedAccount> {
  const { twilio, client } = await openAccount(BEFORE);
  const { accountSid, number } = twilio;
  const now = async (): Promise<OwnedNumber> => {
    const [found] = await listNumbers(client, number);
    if (found === undefined) throw new Error('the number is gone');
    return found;
  };
  const change = async (to: Partial<typeof BEFORE>): Promise<void> => {
    await client.incomingPhoneNumbers((await now()).sid).update(to);
  };
  return { client, accountSid, number, now, change };
}
