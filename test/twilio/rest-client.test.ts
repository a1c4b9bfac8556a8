import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type FastifyReply, fastify } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../electron/core/clock.ts';
import { createPracticeLine, type PracticeLine } from '../../electron/practice/practice-line.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { askForFile, createRestClient } from '../../electron/twilio/rest-client.ts';
import { freePort } from '../support/free-port.ts';
import { quietLog } from '../support/quiet-log.ts';

const TO = '+14155550180';
type RestOptions = Parameters<typeof createRestClient>[0];

let practice: PracticeLine;
let pauses: number[];

beforeEach(async () => {
  practice = await createPracticeLine({ clock: systemClock, log: quietLog });
  pauses = [];
});

afterEach(() => practice.close());

/** Time that passes by itself, except that every pause is over at once and written down. */
function hurried(): Clock {
  let skippedMs = 0;
  return {
    now: () => systemClock.now() + skippedMs,
    monotonic: () => systemClock.monotonic() + skippedMs,
    after: (delayMs, run) => {
      pauses.push(delayMs);
      skippedMs += delayMs;
      return systemClock.after(0, run);
    },
  };
}

function clientOf(options: Partial<RestOptions> = {}) {
  const { accountSid, authToken, apiUrl } = practice;
  const account = { accountSid, authToken, apiKey: null, apiUrl, ...options };
  return createRestClient(account, hurried(), () => 1);
}

function createCall(client = clientOf()) {
  return client.calls.create({ to: TO, from: practice.number, twiml: '<Response/>' });
}

async function callCount(): Promise<number> {
  return (await clientOf().calls.list({ to: TO })).length;
}

/** A server in Twilio's place that answers every request the same way. */
async function server(answer: (reply: FastifyReply) => unknown) {
  const app = fastify({ forceCloseConnections: true });
  let asked = 0;
  app.all('/*', (_request, reply) => {
    asked += 1;
    return answer(reply);
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return { apiUrl: `http://127.0.0.1:${port}`, asked: () => asked, close: () => app.close() };
}

describe('the way to Twilio’s API', () => {
  it('asks again when Twilio takes no more requests for a moment', async () => {
    practice.pretend({ tooManyRequests: 3 });
    expect((await clientOf().balance.fetch()).currency).toBe('USD');
    expect(pauses).toHaveLength(3);
  });

  it('waits longer each time', async () => {
    const broken = await server(reply => reply.code(500).send({}));
    const client = clientOf({ apiUrl: broken.apiUrl });
    await expect(client.balance.fetch()).rejects.toMatchObject({ status: 500 });
    expect(pauses).toEqual([400, 800, 1600]);
    expect(broken.asked()).toBe(4);
    await broken.close();
  });

  it('gives up after four tries', async () => {
    practice.pretend({ tooManyRequests: 5 });
    await expect(clientOf().balance.fetch()).rejects.toMatchObject({ status: 429, code: 20429 });
    expect(pauses).toHaveLength(3);
  });

  it('asks again after a failure of Twilio and after a lost answer', async () => {
    practice.pretend({ serverErrors: 1, lostReplies: 1 });
    await clientOf().balance.fetch();
    expect(pauses).toHaveLength(2);
  });

  it('changes again what may have been changed already, since that does no harm', async () => {
    const client = clientOf();
    const [number] = await client.incomingPhoneNumbers.list({ limit: 1 });
    practice.pretend({ lostReplies: 1 });
    const voiceUrl = 'https://desk.example.com/voice/webhook';
    const changed = await client.incomingPhoneNumbers(number?.sid ?? '').update({ voiceUrl });
    expect(changed.voiceUrl).toBe(voiceUrl);
  });

  it('waits as long as Twilio asks for', async () => {
    const busy = await server(reply => reply.code(429).header('retry-after', '2').send({}));
    const client = clientOf({ apiUrl: busy.apiUrl });
    await expect(client.balance.fetch()).rejects.toMatchObject({ status: 429 });
    expect(pauses).toEqual([2000, 2000, 2000]);
    await busy.close();
  });

  it('does not wait longer than ten seconds in all', async () => {
    const busy = await server(reply => reply.code(503).header('retry-after', '60').send({}));
    const client = clientOf({ apiUrl: busy.apiUrl });
    await expect(client.balance.fetch()).rejects.toMatchObject({ status: 503 });
    expect(busy.asked()).toBe(1);
    await busy.close();
  });

  it('never asks twice for a call that may have been started', async () => {
    practice.pretend({ lostReplies: 1 });
    await expect(createCall()).rejects.toMatchObject({
      problem: { kind: 'call-uncertain', code: 'ECONNRESET' },
    });
    expect(pauses).toEqual([]);
    expect(await callCount()).toBe(1);
  });

  it('takes a failure of Twilio for a call that may ring', async () => {
    practice.pretend({ serverErrors: 1 });
    await expect(createCall()).rejects.toMatchObject({
      problem: { kind: 'call-uncertain', message: expect.stringContaining('may ring anyway') },
    });
    expect(pauses).toEqual([]);
  });

  it('asks again for a call that was refused before it was started', async () => {
    practice.pretend({ tooManyRequests: 2 });
    await createCall();
    expect(await callCount()).toBe(1);
  });

  it('asks again for a call that never left this computer, and tells why it did not', async () => {
    const client = clientOf({ apiUrl: `http://127.0.0.1:${await freePort()}` });
    await expect(createCall(client)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(pauses).toHaveLength(3);
  });

  it('does not repeat what Twilio refuses for good', async () => {
    const wrong = clientOf({ authToken: 'f'.repeat(32) });
    await expect(wrong.balance.fetch()).rejects.toMatchObject({ code: 20003 });
    expect(pauses).toEqual([]);
  });

  it('signs in with an API key where there is one', async () => {
    const client = clientOf({ authToken: null, apiKey: practice.apiKey });
    expect((await client.balance.fetch()).accountSid).toBe(practice.accountSid);
  });

  it('asks for a file once and by the same way, whatever is answered', async () => {
    const busy = await server(reply => reply.code(429).header('retry-after', '3').send('Busy'));
    const client = clientOf({ apiUrl: busy.apiUrl });
    const { status, retryAfterMs, body } = await askForFile(
      client,
      '/2010-04-01/a.wav',
      new AbortController().signal,
    );
    expect([status, retryAfterMs, await text(body)]).toEqual([429, 3000, 'Busy']);
    expect([busy.asked(), pauses]).toEqual([1, []]);
    await busy.close();
  });

  it('says so when there is nothing to sign in with', () => {
    expect(() => clientOf({ authToken: null })).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({ kind: 'invalid-configuration' }),
      }),
    );
  });

  it('sends what is meant for Twilio’s monitor to the same place', async () => {
    expect(await clientOf().monitor.v1.alerts.list()).toEqual([]);
  });
});
