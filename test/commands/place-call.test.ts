import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Account, environmentOf, openAccount } from '../line/account.ts';
import { type Desk, openDesk } from '../support/desk.ts';
import { rms } from '../support/tones.ts';
import { until } from '../support/until.ts';

/** A machine that takes every call at once and goes on for ten minutes. */
const TONE = '+14155550180';
const OTHER_TONE = '+14155550181';

async function deskOnAccount() {
  const account = await openAccount();
  return { account, desk: await openDesk({ env: environmentOf(account) }) };
}

/** A desk on an account that has no way back to it: the API is not known to be on this computer. */
async function deskWithoutAddress() {
  const account = await openAccount();
  const env = environmentOf(account);
  const { port } = new URL(env.EARSHOT_TWILIO_API_URL);
  const apiUrl = `http://[::ffff:127.0.0.1]:${port}`;
  const desk = await openDesk({ env: { ...env, EARSHOT_TWILIO_API_URL: apiUrl } });
  return { account, desk };
}

/** The calls that Twilio was asked for, the newest first. */
async function callsAt({ client }: Account) {
  return client.calls.list({ limit: 20 });
}

/** Dials the machine and waits for its sound. */
async function talking(desk: Desk, to = TONE): Promise<string> {
  await desk.run({ command: 'dial', to });
  const { callId } = await desk.event('call-requested');
  await desk.event('stream-started', { callId });
  return callId;
}

describe('the number a call is shown to come from', () => {
  it('is the line’s own when nothing else is said', async () => {
    const { account, desk } = await deskOnAccount();
    expect(await desk.run({ command: 'dial', to: TONE })).toMatchObject({ ok: true });
    expect(await callsAt(account)).toMatchObject([{ to: TONE, from: account.twilio.number }]);
  });

  it('is the one asked for when the account owns it or has verified it', async () => {
    const { account, desk } = await deskOnAccount();
    const [, second = ''] = account.twilio.numbers;
    const verified = desk.state().line.callerIds.find(({ kind }) => kind === 'verified');
    await desk.run({ command: 'dial', to: TONE, from: second });
    await desk.run({ command: 'dial', to: TONE, from: verified?.number });
    const shown = (await callsAt(account)).map(({ from }) => from);
    expect(new Set(shown)).toEqual(new Set([second, verified?.number]));
    expect(desk.state().calls.map(({ ours }) => ours)).toEqual([second, verified?.number]);
  });

  it('is no other: nothing is dialled, and the numbers to choose from are named', async () => {
    const { account, desk } = await deskOnAccount();
    for (const command of ['dial', 'notify']) {
      const asked = { command, to: TONE, text: 'Hello.', from: '+14155550199' };
      expect(await desk.run(asked)).toMatchObject({
        ok: false,
        problem: {
          kind: 'invalid-number',
          remedy: expect.stringContaining(account.twilio.number),
        },
      });
    }
    expect(await callsAt(account)).toEqual([]);
    expect(desk.state().calls).toEqual([]);
  });

  it('is the one the person chose', async () => {
    const { account, desk } = await deskOnAccount();
    const [, second] = account.twilio.numbers;
    await desk.run({ command: 'change-settings', settings: { callerId: second } });
    await desk.run({ command: 'dial', to: TONE });
    expect(desk.state().calls.map(({ ours }) => ours)).toEqual([second]);
  });

  it('can only be chosen among those of the account', async () => {
    const { desk } = await deskOnAccount();
    const settings = { callerId: '+14155550199' };
    expect(await desk.run({ command: 'change-settings', settings })).toMatchObject({
      ok: false,
      problem: { kind: 'invalid-number' },
    });
    expect(desk.state().settings.callerId).toBe(null);
  });
});

describe('a call that Twilio refuses', () => {
  it('leaves nobody on hold who was put there for it', async () => {
    const { desk } = await deskOnAccount();
    const callId = await talking(desk);
    expect(await desk.run({ command: 'dial', to: '+15005550001' })).toMatchObject({ ok: false });
    expect(desk.state().calls.find(({ id }) => id === callId)).toMatchObject({ heldAt: null });
    expect(desk.state().microphone).toBe(callId);
  });
});

describe('a number that cannot be called', () => {
  it('is a problem before anything is dialled', async () => {
    const { account, desk } = await deskOnAccount();
    expect(await desk.run({ command: 'dial', to: '+1 415 555 01' })).toMatchObject({
      ok: false,
      problem: { kind: 'invalid-number' },
    });
    expect(await callsAt(account)).toEqual([]);
  });

  it('is one for emergencies, where nobody real is reached or a message would be spoken', async () => {
    const practice = await openDesk();
    const { desk } = await deskOnAccount();
    const refused = { ok: false, problem: { kind: 'not-available' } };
    expect(await practice.run({ command: 'dial', to: '911' })).toMatchObject(refused);
    expect(await desk.run({ command: 'notify', to: '112', text: 'Help.' })).toMatchObject(refused);
    expect(desk.state().calls).toEqual([]);
  });

  it('is never one for emergencies on an account: Twilio is asked', async () => {
    const { desk } = await deskOnAccount();
    await desk.run({ command: 'dial', to: '911' });
    expect(desk.state().calls).toMatchObject([{ them: { number: '911' } }]);
  });
});

describe('dialling', () => {
  it('puts the call that is talked on on hold first', async () => {
    const { desk } = await deskOnAccount();
    const first = await talking(desk);
    await desk.run({ command: 'dial', to: OTHER_TONE });
    expect(desk.state().calls.find(({ id }) => id === first)).toMatchObject({
      heldAt: expect.any(Number),
    });
  });

  it('presses the keys it was given once the call is answered', async () => {
    const { account, desk } = await deskOnAccount();
    await desk.run({ command: 'dial', to: TONE, sendDigits: '1w2' });
    const [call] = await callsAt(account);
    const samples = () => account.twilio.heardBy(call?.sid ?? '') ?? new Int16Array(0);
    await until(() => rms(samples()) > 100);
  });
});

describe('a desk without a public address', () => {
  it('refuses to dial, with what to do, and leaves other calls alone', async () => {
    const { account, desk } = await deskWithoutAddress();
    expect(desk.state().line).toMatchObject({ status: 'ready', address: { kind: 'none' } });
    expect(await desk.run({ command: 'dial', to: TONE })).toMatchObject({
      ok: false,
      problem: { kind: 'line-down', remedy: expect.stringContaining('public address') },
    });
    expect(await callsAt(account)).toEqual([]);
    expect(desk.state().calls).toEqual([]);
  });

  it('speaks messages to people all the same', async () => {
    const { account, desk } = await deskWithoutAddress();
    const asked = { command: 'notify', to: TONE, text: 'Your table is ready.', hangUpAfter: 0 };
    expect(await desk.run(asked)).toMatchObject({ ok: true, callId: expect.any(String) });
    expect(desk.state().calls).toMatchObject([{ kind: 'notify', them: { number: TONE } }]);
    const [call] = await callsAt(account);
    const samples = () => account.twilio.heardBy(call?.sid ?? '') ?? new Int16Array(0);
    await until(() => rms(samples()) > 100);
  });
});

describe('a message', () => {
  it('is spoken to who takes the call, which ends afterwards', async () => {
    const { desk } = await deskOnAccount();
    const asked = { command: 'notify', to: TONE, text: 'Ready.', voice: 'onyx', hangUpAfter: 0 };
    expect(await desk.run(asked)).toMatchObject({ ok: true });
    const { callId } = await desk.event('call-requested', { kind: 'notify' });
    expect(await desk.event('text-said', { callId })).toMatchObject({
      text: 'Ready.',
      by: 'twiml',
    });
    await desk.event('call-ended', { callId });
  });
});

describe('a text', () => {
  it('is spoken into a stream by a voice made here', async () => {
    const { account, desk } = await deskOnAccount();
    const callId = await talking(desk);
    expect(await desk.run({ command: 'say', callId, text: 'Hello there.' })).toEqual({ ok: true });
    expect(await desk.event('text-said')).toMatchObject({
      callId,
      text: 'Hello there.',
      by: 'stream',
    });
    const [call] = await callsAt(account);
    const samples = () => account.twilio.heardBy(call?.sid ?? '') ?? new Int16Array(0);
    await until(() => rms(samples()) > 100);
  });

  it('is spoken by Twilio into a call that is carried as words', async () => {
    const account = await openAccount();
    account.twilio.pretend({ trial: true });
    const desk = await openDesk({ env: environmentOf(account) });
    await account.twilio.ringIn();
    const { callId } = await desk.event('call-ringing');
    await desk.run({ command: 'answer', callId });
    expect(await desk.event('call-answered', { callId })).toMatchObject({ carrier: 'gather' });
    expect(await desk.run({ command: 'say', callId, text: 'Hello there.' })).toEqual({ ok: true });
    expect(await desk.event('text-said', { callId })).toMatchObject({
      text: 'Hello there.',
      by: 'twiml',
    });
    expect(await desk.run({ command: 'send-digits', callId, digits: '1' })).toMatchObject({
      ok: false,
      problem: { kind: 'wrong-call-state' },
    });
  });
});

describe('a desk whose calls a relay starts', () => {
  it('needs no account and no number of its own', async () => {
    const asked: unknown[] = [];
    const relay = createServer(async (request, response) => {
      const key = request.headers['x-tabhr-agent-key'];
      asked.push({ path: request.url, key, body: JSON.parse(await text(request)) });
      response.end(JSON.stringify({ callSid: `CA${'1'.repeat(32)}` }));
    }).listen(0, '127.0.0.1');
    await once(relay, 'listening');
    onTestFinished(() => {
      relay.closeAllConnections();
      relay.close();
    });
    const desk = await openDesk({
      env: {
        EARSHOT_RELAY_URL: `http://127.0.0.1:${(relay.address() as AddressInfo).port}`,
        EARSHOT_RELAY_EMPLOYEE_ID: '7',
        EARSHOT_RELAY_KEY: 'agent key',
        TWILIO_AUTH_TOKEN: 'token of the relay’s account',
        PUBLIC_URL: 'http://127.0.0.1:1',
      },
    });
    expect(desk.state().line).toMatchObject({ kind: 'twilio', status: 'ready', number: null });
    expect(await desk.run({ command: 'dial', to: TONE })).toMatchObject({ ok: true });
    const path = '/api/employees/7/twilio/call';
    expect(asked).toEqual([{ path, key: 'agent key', body: { to: TONE } }]);
    expect(desk.state().calls).toMatchObject([
      { sid: `CA${'1'.repeat(32)}`, them: { number: TONE }, ours: 'unknown' },
    ]);
  });
});
