import { fastify } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPracticeLine, type PracticeLine } from '../../electron/practice/practice-line.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { readAccount } from '../../electron/twilio/account.ts';
import { createRestClient } from '../../electron/twilio/rest-client.ts';
import { quietLog } from '../support/quiet-log.ts';

let practice: PracticeLine;

beforeEach(async () => {
  practice = await createPracticeLine({ clock: systemClock, log: quietLog });
});

afterEach(() => practice.close());

function client(apiUrl = practice.apiUrl) {
  const { accountSid, authToken } = practice;
  return createRestClient({ accountSid, authToken, apiKey: null, apiUrl }, systemClock, () => 0);
}

describe('the account', () => {
  it('tells its name, its kind and what is left on it', async () => {
    expect(await readAccount(client())).toEqual({
      sid: practice.accountSid,
      name: 'Practice line',
      type: 'full',
      status: 'active',
      balance: { amount: 100, currency: 'USD' },
    });
  });

  it('tells that it is a trial', async () => {
    practice.pretend({ trial: true });
    expect(await readAccount(client())).toMatchObject({ type: 'trial' });
  });

  it('goes without the balance where it is not told, as for subaccounts', async () => {
    const twilio = fastify();
    twilio.get('/2010-04-01/Accounts/:file', async () => ({
      sid: practice.accountSid,
      friendly_name: 'Branch office',
      type: 'Full',
      status: 'suspended',
    }));
    const apiUrl = await twilio.listen({ host: '127.0.0.1', port: 0 });
    expect(await readAccount(client(apiUrl))).toEqual({
      sid: practice.accountSid,
      name: 'Branch office',
      type: 'full',
      status: 'suspended',
      balance: null,
    });
    await twilio.close();
  });

  it('says so when the token was rotated', async () => {
    practice.pretend({ wrongToken: true });
    await expect(readAccount(client())).rejects.toMatchObject({
      problem: { kind: 'credentials-refused', code: '20003' },
    });
  });
});
