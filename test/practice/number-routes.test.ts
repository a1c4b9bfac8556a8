import { expect, it } from 'vitest';
import { openLine, response } from './fixture.ts';

const APPLICATION = `AP${'1'.repeat(32)}`;

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
    voiceApplicationSid: APPLICATION,
  });
  expect(changed).toMatchObject({ voiceUrl: 'http://127.0.0.1:1/voice', voiceMethod: 'GET' });
  const again = await client.incomingPhoneNumbers(found?.sid ?? '').fetch();
  expect(again.statusCallback).toBe('http://127.0.0.1:1/status');
  expect(again.voiceMethod).toBe('GET');
  expect(again.voiceApplicationSid).toBe(APPLICATION);
});

it('finds nothing under another number or SID', async () => {
  const { client } = await openLine();
  expect(await client.incomingPhoneNumbers.list({ phoneNumber: '+14155550101' })).toEqual([]);
  await expect(client.incomingPhoneNumbers(`PN${'0'.repeat(32)}`).fetch()).rejects.toMatchObject({
    status: 404,
    code: 20404,
  });
});

it('lists all our numbers with what each can do', async () => {
  const { line, client } = await openLine();
  const numbers = await client.incomingPhoneNumbers.list();
  expect(numbers.map(({ phoneNumber }) => phoneNumber)).toEqual(line.numbers);
  expect(numbers.map(({ capabilities }) => [capabilities.voice, capabilities.sms])).toEqual([
    [true, true],
    [true, true],
    [false, true],
  ]);
});

it('changes one number and leaves the others', async () => {
  const { line, client } = await openLine();
  const [main, second] = await client.incomingPhoneNumbers.list();
  await client.incomingPhoneNumbers(second?.sid ?? '').update({ friendlyName: 'Second desk' });
  expect((await client.incomingPhoneNumbers(second?.sid ?? '').fetch()).friendlyName).toBe(
    'Second desk',
  );
  expect((await client.incomingPhoneNumbers(main?.sid ?? '').fetch()).friendlyName).toBe(
    '(415) 555-0100',
  );
  const from = line.numbers[1] ?? '';
  const call = await client.calls.create({
    to: '+14155550121',
    from,
    twiml: response('<Hangup/>'),
  });
  expect(call).toMatchObject({ from, phoneNumberSid: second?.sid });
});

it('answers anything else with Twilio’s 404', async () => {
  const { client } = await openLine();
  await expect(client.keys.list()).rejects.toMatchObject({ status: 404, code: 20404 });
});
