import formBody from '@fastify/formbody';
import { fastify } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPracticeLine, type PracticeLine } from '../../electron/practice/practice-line.ts';
import { systemClock } from '../../electron/system-clock.ts';
import {
  callerIds,
  listNumbers,
  pointNumber,
  restoreNumber,
} from '../../electron/twilio/numbers.ts';
import { type Client, createRestClient } from '../../electron/twilio/rest-client.ts';
import { quietLog } from '../support/quiet-log.ts';

const HERE = {
  voiceUrl: 'https://desk.example.com/voice/webhook',
  statusCallback: 'https://desk.example.com/voice/status',
};
let practice: PracticeLine;

beforeEach(async () => {
  practice = await createPracticeLine({
    clock: systemClock,
    log: quietLog,
    webhooks: { voiceUrl: 'https://other.example.com/a', smsUrl: 'https://other.example.com/sms' },
  });
});

afterEach(() => practice.close());

function clientOf(apiUrl = practice.apiUrl): Client {
  const { accountSid, authToken } = practice;
  return createRestClient({ accountSid, authToken, apiKey: null, apiUrl }, systemClock, () => 0);
}

async function ours(client: Client) {
  const [number] = await listNumbers(client, practice.number);
  if (number === undefined) throw new Error('the account has no such number');
  return number;
}

describe('the account’s numbers', () => {
  it('are listed with what they can do', async () => {
    const numbers = await listNumbers(clientOf());
    expect(numbers.map(({ number }) => number)).toEqual(practice.numbers);
    expect(numbers.some(({ voice }) => voice)).toBe(true);
    expect(numbers.some(({ voice }) => !voice)).toBe(true);
    expect(numbers.every(({ sid }) => /^PN[0-9a-f]{32}$/.test(sid))).toBe(true);
  });

  it('are found whole, not by a part', async () => {
    expect(await listNumbers(clientOf(), practice.number.slice(0, -2))).toEqual([]);
  });

  it('are sent here and given back as they were', async () => {
    const client = clientOf();
    const before = await ours(client);
    await pointNumber(client, before.sid, HERE);
    expect(await ours(client)).toMatchObject({
      ...HERE,
      voiceMethod: 'POST',
      smsUrl: 'https://other.example.com/sms',
    });
    await restoreNumber(client, before);
    expect(await ours(client)).toEqual(before);
  });

  it('may be sent here with their messages', async () => {
    const client = clientOf();
    const { sid } = await ours(client);
    const smsUrl = 'https://desk.example.com/sms';
    await pointNumber(client, sid, { ...HERE, smsUrl });
    expect(await ours(client)).toMatchObject({ smsUrl, smsMethod: 'POST' });
  });

  it('are taken from an application or a trunk, and given back to it', async () => {
    const sid = `PN${'1'.repeat(32)}`;
    const changes: unknown[] = [];
    const twilio = fastify();
    await twilio.register(formBody);
    const number = {
      sid,
      phone_number: practice.number,
      friendly_name: 'Support',
      capabilities: { voice: true, sms: false },
      voice_url: null,
      voice_method: 'GET',
      voice_application_sid: 'AP7',
      trunk_sid: 'TK7',
    };
    twilio.get('/*', async ({ url }) =>
      url.includes(sid) ? number : { incoming_phone_numbers: [number] },
    );
    twilio.post('/*', async request => {
      changes.push({ ...(request.body as object) });
      return { sid };
    });
    const client = clientOf(await twilio.listen({ host: '127.0.0.1', port: 0 }));
    const before = await ours(client);
    await pointNumber(client, sid, HERE);
    await restoreNumber(client, before);
    expect(changes).toEqual([
      {
        VoiceUrl: HERE.voiceUrl,
        VoiceMethod: 'POST',
        StatusCallback: HERE.statusCallback,
        StatusCallbackMethod: 'POST',
        VoiceApplicationSid: '',
        TrunkSid: '',
      },
      expect.objectContaining({
        VoiceUrl: '',
        VoiceMethod: 'GET',
        StatusCallback: '',
        VoiceApplicationSid: 'AP7',
        TrunkSid: 'TK7',
      }),
    ]);
    await twilio.close();
  });

  it('may be shown to people called, beside verified ones, when they take calls', async () => {
    const shown = await callerIds(clientOf());
    const withVoice = (await listNumbers(clientOf())).filter(({ voice }) => voice);
    expect(shown.filter(({ kind }) => kind === 'owned').map(({ number }) => number)).toEqual(
      withVoice.map(({ number }) => number),
    );
    expect(shown).toContainEqual({
      number: '+14155550150',
      name: 'Desk phone',
      kind: 'verified',
    });
  });

  it('are refused in words', async () => {
    await expect(pointNumber(clientOf(), `PN${'0'.repeat(32)}`, HERE)).rejects.toMatchObject({
      problem: { kind: 'refused-by-twilio', code: '20404' },
    });
  });
});
