import { expect, it } from 'vitest';
import { openLine } from './fixture.ts';

it('finds our number and changes its webhooks', async () => {
  const { line, client } = await openLine();
  const [found] = await client.incomingPhoneNumbers.list({ phoneNumber: line.number });
  expect(found).toMatchObject({
    phoneNumber: line.number,
    friendlyName: '(415) 555-0100',
    capabilities: { voice: true, sms: true },
    voiceUrl: '',
    voiceMethod: 'POST',
  });
  const changed = await client.incomingPhoneNumbers(found?.sid ?? '').update({
    voiceUrl: 'http://127.0.0.1:1/voice',
    voiceMethod: 'GET',
    statusCallback: 'http://127.0.0.1:1/status',
  });
  expect(changed).toMatchObject({ voiceUrl: 'http://127.0.0.1:1/voice', voiceMethod: 'GET' });
  const again = await client.incomingPhoneNumbers(found?.sid ?? '').fetch();
  expect(again.statusCallback).toBe('http://127.0.0.1:1/status');
  expect(again.voiceMethod).toBe('GET');
});

it('finds nothing under another number or SID', async () => {
  const { client } = await openLine();
  expect(await client.incomingPhoneNumbers.list({ phoneNumber: '+14155550101' })).toEqual([]);
  await expect(client.incomingPhoneNumbers(`PN${'0'.repeat(32)}`).fetch()).rejects.toMatchObject({
    status: 404,
    code: 20404,
  });
});

it('shows the account', async () => {
  const { line, client } = await openLine();
  const account = await client.api.v2010.accounts(line.accountSid).fetch();
  expect(account).toMatchObject({ sid: line.accountSid, status: 'active', type: 'Full' });
});

it('answers anything else with Twilio’s 404', async () => {
  const { client } = await openLine();
  await expect(client.messages.list()).rejects.toMatchObject({ status: 404, code: 20404 });
});
