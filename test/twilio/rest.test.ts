import { setTimeout as wait } from 'node:timers/promises';
import formBody from '@fastify/formbody';
import { fastify } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../electron/core/clock.ts';
import { createPracticeLine, type PracticeLine } from '../../electron/practice/practice-line.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { createRest, type Rest } from '../../electron/twilio/rest.ts';
import { createRestClient } from '../../electron/twilio/rest-client.ts';
import { quietLog } from '../support/quiet-log.ts';

const TO = '+14155550180';
const UNKNOWN = `CA${'0'.repeat(32)}`;
type RestOptions = Parameters<typeof createRestClient>[0];
type OutgoingCall = Parameters<Rest['dial']>[0];
type CallStatus = Awaited<ReturnType<Rest['end']>>;

let practice: PracticeLine;
let rest: Rest;

beforeEach(async () => {
  practice = await createPracticeLine({ clock: systemClock, log: quietLog });
  rest = restOf();
});

afterEach(() => practice.close());

/** Time in which every pause is over at once. */
const hurried: Clock = { ...systemClock, after: (_ms, run) => systemClock.after(0, run) };

function restOf(options: Partial<RestOptions> = {}): Rest {
  const { accountSid, authToken, apiUrl } = practice;
  const account = { accountSid, authToken, apiKey: null, apiUrl, ...options };
  return createRest(createRestClient(account, hurried, () => 0));
}

async function dial(call: Partial<OutgoingCall> = {}): Promise<string> {
  const twiml = '<Response><Pause length="60"/></Response>';
  const sid = await rest.dial({ to: TO, from: practice.number, twiml, ...call } as OutgoingCall);
  return sid ?? '';
}

async function becomes(sid: string, status: CallStatus): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    if ((await rest.fetch(sid))?.status === status) return;
    await wait(20);
  }
  throw new Error(`the call did not become ${status}`);
}

/** The fields Twilio is sent for a call. */
async function fieldsOf(call: Partial<OutgoingCall>): Promise<unknown> {
  const twilio = fastify();
  let fields: unknown = null;
  await twilio.register(formBody);
  twilio.post('/*', async (request, reply) => {
    fields = { ...(request.body as object) };
    return reply.code(201).send({ sid: UNKNOWN });
  });
  const apiUrl = await twilio.listen({ host: '127.0.0.1', port: 0 });
  await restOf({ apiUrl }).dial({ to: TO, from: practice.number, ...call } as OutgoingCall);
  await twilio.close();
  return fields;
}

describe('Twilio’s REST API', () => {
  it('starts a call, tells how it is and ends it', async () => {
    const sid = await dial();
    expect(sid).toMatch(/^CA[0-9a-f]{32}$/);
    const call = await rest.fetch(sid);
    expect(call).toMatchObject({
      sid,
      direction: 'outbound-api',
      to: TO,
      from: practice.number,
      answeredBy: null,
      parentSid: null,
    });
    expect(['queued', 'ringing']).toContain(call?.status);
    expect(Math.abs((call?.startedAt ?? 0) - systemClock.now())).toBeLessThan(60_000);
    expect(['canceled', 'completed']).toContain(await rest.end(sid, 'canceled'));
  });

  it('sends only what was asked for', async () => {
    expect(await fieldsOf({ twiml: '<Response/>' })).toEqual({
      To: TO,
      From: practice.number,
      Twiml: '<Response/>',
      Timeout: '60',
    });
  });

  it('sends everything that was asked for', async () => {
    const fields = await fieldsOf({
      url: 'https://desk.example.com/voice',
      statusCallback: 'https://desk.example.com/status',
      sendDigits: 'ww12#',
      timeoutS: 25,
      timeLimitS: 600,
      machineDetection: 'message-end',
      amdCallback: 'https://desk.example.com/answered-by',
      callerId: '+14155550199',
    });
    expect(fields).toEqual({
      To: TO,
      From: practice.number,
      Url: 'https://desk.example.com/voice',
      Method: 'POST',
      StatusCallback: 'https://desk.example.com/status',
      StatusCallbackMethod: 'POST',
      StatusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
      SendDigits: 'ww12#',
      Timeout: '25',
      TimeLimit: '600',
      MachineDetection: 'DetectMessageEnd',
      AsyncAmd: 'true',
      AsyncAmdStatusCallback: 'https://desk.example.com/answered-by',
      AsyncAmdStatusCallbackMethod: 'POST',
      CallerId: '+14155550199',
    });
  });

  it('lets a call wait for the detection when nobody asks to be told', async () => {
    const fields = await fieldsOf({ twiml: '<Response/>', machineDetection: 'detect' });
    expect(fields).toMatchObject({ MachineDetection: 'Enable' });
    expect(fields).not.toHaveProperty('AsyncAmd');
  });

  it('lets a live call do something else', async () => {
    const sid = await dial();
    await becomes(sid, 'in-progress');
    await rest.redirect(sid, { twiml: '<Response><Hangup/></Response>' });
    await becomes(sid, 'completed');
  });

  it('lists the calls that go on, the oldest first', async () => {
    const first = await dial();
    const second = await dial({ to: '+14155550181' });
    const ended = await dial({ to: '+14155550182' });
    await rest.end(ended, 'canceled');
    const sids = (await rest.liveCalls()).map(({ sid }) => sid);
    expect(new Set(sids)).toEqual(new Set([first, second]));
  });

  it('takes a call that Twilio does not know for over', async () => {
    expect(await rest.fetch(UNKNOWN)).toBeNull();
    expect(await rest.end(UNKNOWN, 'completed')).toBe('completed');
  });

  it('turns each refusal into a problem with its code and a remedy', async () => {
    const refused = { '+15005550001': '21211', '+15005550002': '21214', '+15005550003': '21215' };
    for (const [to, code] of Object.entries(refused)) {
      await expect(dial({ to })).rejects.toMatchObject({
        problem: {
          kind: 'refused-by-twilio',
          code,
          remedy: expect.stringMatching(/^[A-Z]/),
          link: `https://www.twilio.com/docs/api/errors/${code}`,
        },
      });
    }
  });

  it('names the number that a trial account may not call', async () => {
    practice.pretend({ trial: true });
    await expect(dial({ to: '+14155559999' })).rejects.toMatchObject({
      problem: {
        kind: 'trial-account',
        code: '21219',
        message: expect.stringContaining('+1 415 555 9999'),
      },
    });
  });

  it('says so when the token is wrong', async () => {
    practice.pretend({ wrongToken: true });
    await expect(rest.fetch(UNKNOWN)).rejects.toMatchObject({
      problem: { kind: 'credentials-refused', code: '20003' },
    });
  });

  it('says so when too much is asked', async () => {
    practice.pretend({ tooManyRequests: 4 });
    await expect(rest.fetch(UNKNOWN)).rejects.toMatchObject({
      problem: { kind: 'rate-limited', code: '20429' },
    });
  });

  it('says so when a page answers that is not Twilio’s', async () => {
    const portal = fastify();
    portal.all('/*', async (_request, reply) =>
      reply.code(302).type('text/html').header('location', 'http://127.0.0.1:9/').send('<html>'),
    );
    const apiUrl = await portal.listen({ host: '127.0.0.1', port: 0 });
    await expect(restOf({ apiUrl }).fetch(UNKNOWN)).rejects.toMatchObject({
      problem: { kind: 'twilio-unreachable' },
    });
    await portal.close();
  });

  it('says so when nobody answers', async () => {
    await practice.close();
    await expect(rest.fetch(UNKNOWN)).rejects.toMatchObject({
      problem: { kind: 'twilio-unreachable', code: 'ECONNREFUSED' },
    });
  });
});
