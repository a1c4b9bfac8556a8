import { onTestFinished } from 'vitest';
import {
  createPracticeLine,
  type PracticeLine,
  type PracticeLineOptions,
} from '../../electron/practice/practice-line.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { listNumbers } from '../../electron/twilio/numbers.ts';
import { type Client, createRestClient } from '../../electron/twilio/rest-client.ts';
import { accountEnvironment } from '../support/account-environment.ts';
import type { Desk } from '../support/desk.ts';
import { quietLog } from '../support/quiet-log.ts';

/** A Twilio account of its own for the test that runs, and its owner's own way to it. */
export type Account = {
  readonly twilio: PracticeLine;
  readonly client: Client;
};

/** Opens an account; gone when the test ends. */
export async function openAccount(
  webhooks: NonNullable<PracticeLineOptions['webhooks']> = {},
): Promise<Account> {
  const twilio = await createPracticeLine({ clock: systemClock, log: quietLog, webhooks });
  onTestFinished(() => twilio.close());
  return { twilio, client: clientOf(twilio) };
}

/** Signs in to an account. */
export function clientOf({
  accountSid,
  authToken,
  apiUrl,
}: Pick<PracticeLine, 'accountSid' | 'authToken' | 'apiUrl'>): Client {
  return createRestClient({ accountSid, authToken, apiKey: null, apiUrl }, systemClock, () => 0.5);
}

/** Where the numbers of the tests go before anybody takes them. */
export const BEFORE = 'http://127.0.0.1:1/before';

/** Where the calls of the account's number go now. */
export async function destinationOf({ client, twilio }: Account): Promise<string | undefined> {
  return (await listNumbers(client, twilio.number))[0]?.voiceUrl;
}

/** Connects a desk to an account that is reached on this computer. */
export function connect(desk: Desk, { twilio }: Account, change: object = {}) {
  const { accountSid, authToken, number } = twilio;
  return desk.run({
    command: 'connect-account',
    accountSid,
    authToken,
    number,
    address: { kind: 'none' },
    takeNumber: true,
    ...change,
  });
}

/** The environment of a desk on an account. */
export function environmentOf({ twilio }: Account) {
  return accountEnvironment(twilio);
}
