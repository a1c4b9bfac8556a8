import { describe, expect, it, onTestFinished } from 'vitest';
import { type Credentials, checkAccount } from '../../electron/line/check-account.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { openWebhookServer } from '../support/webhook-server.ts';
import { type Account, openAccount } from './account.ts';

const ORIGIN = 'https://desk.example.com';

function check({ twilio }: Pick<Account, 'twilio'>, credentials: Partial<Credentials> = {}) {
  const { accountSid, authToken, apiUrl } = twilio;
  return checkAccount(
    { accountSid, authToken, ...credentials },
    { clock: systemClock, random: () => 0.5, deskId: 'this desk', apiUrl, origin: ORIGIN },
  );
}

/** Sends the calls of the account's numbers to these addresses, in their order. */
async function send({ client }: Account, ...urls: string[]): Promise<void> {
  const numbers = await client.incomingPhoneNumbers.list();
  for (const [i, voiceUrl] of urls.entries()) {
    await client.incomingPhoneNumbers(numbers[i]?.sid ?? '').update({ voiceUrl });
  }
}

describe('looking at an account', () => {
  it('tells its facts, its numbers and where their calls go', async () => {
    const account = await openAccount();
    const other = await openWebhookServer({ deskId: 'another desk' });
    onTestFinished(() => other.close());
    await send(account, `${ORIGIN}/voice/webhook`, `${other.local}/voice/webhook`);
    const { account: facts, numbers, callerIds } = await check(account);
    expect(facts).toMatchObject({
      sid: account.twilio.accountSid,
      type: 'full',
      status: 'active',
      name: expect.any(String),
    });
    expect(numbers.map(({ number }) => number)).toEqual(account.twilio.numbers);
    expect(numbers.map(({ goesTo }) => goesTo)).toEqual(['here', 'another-desk', 'nowhere']);
    expect(numbers[1]).toMatchObject({ voice: true, voiceUrl: `${other.local}/voice/webhook` });
    expect(callerIds).toContainEqual(
      expect.objectContaining({ number: account.twilio.number, kind: 'owned' }),
    );
  });

  it('takes a desk that answers as this one for here, at whatever address', async () => {
    const account = await openAccount();
    const same = await openWebhookServer({ deskId: 'this desk' });
    onTestFinished(() => same.close());
    await send(account, `${same.local}/voice/webhook`, 'http://127.0.0.1:1/app');
    const { numbers } = await check(account);
    expect(numbers.map(({ goesTo }) => goesTo)).toEqual(['here', 'elsewhere', 'nowhere']);
  });

  it('changes nothing', async () => {
    const account = await openAccount({ voiceUrl: 'http://127.0.0.1:1/before' });
    const before = await account.client.incomingPhoneNumbers.list();
    await check(account);
    expect(await account.client.incomingPhoneNumbers.list()).toEqual(before);
  });

  it('knows a trial account', async () => {
    const account = await openAccount();
    account.twilio.pretend({ trial: true });
    expect((await check(account)).account.type).toBe('trial');
  });

  it('works with an API key in place of the auth token', async () => {
    const account = await openAccount();
    const { apiKey } = account.twilio;
    const { account: facts } = await check(account, {
      authToken: undefined,
      apiKey: apiKey.sid,
      apiSecret: apiKey.secret,
    });
    expect(facts.sid).toBe(account.twilio.accountSid);
  });

  it('names the key when the key or its secret is wrong', async () => {
    const account = await openAccount();
    const { sid } = account.twilio.apiKey;
    const wrong = { authToken: undefined, apiKey: sid, apiSecret: 'f'.repeat(32) };
    await expect(check(account, wrong)).rejects.toMatchObject({
      problem: {
        kind: 'credentials-refused',
        message: expect.stringContaining('API key or its secret'),
        remedy: expect.stringContaining('API key'),
        code: '20003',
      },
    });
  });

  it('is refused with a problem when the token is wrong, and with none at all', async () => {
    const account = await openAccount();
    await expect(check(account, { authToken: 'f'.repeat(32) })).rejects.toMatchObject({
      problem: { kind: 'credentials-refused' },
    });
    await expect(check(account, { authToken: undefined })).rejects.toMatchObject({
      problem: { kind: 'invalid-configuration' },
    });
  });
});
