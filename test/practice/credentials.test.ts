import { expect, it } from 'vitest';
import { openLine } from './fixture.ts';
import { createTwilioClient } from './twilio-client.ts';

it('lets the API key do what the auth token does', async () => {
  const { line } = await openLine();
  const { secret, sid } = line.apiKey;
  expect(sid).toMatch(/^SK[0-9a-f]{32}$/);
  const client = createTwilioClient(line, [sid, secret]);
  expect(await client.incomingPhoneNumbers.list()).toHaveLength(line.numbers.length);
});

it('refuses any other pair with 20003', async () => {
  const { line } = await openLine();
  const { accountSid, apiKey, authToken } = line;
  const pairs: [string, string][] = [
    [accountSid, '0'.repeat(32)],
    [accountSid, apiKey.secret],
    [apiKey.sid, authToken],
  ];
  for (const pair of pairs) {
    await expect(createTwilioClient(line, pair).calls.list()).rejects.toMatchObject({
      status: 401,
      code: 20003,
    });
  }
});
