import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { barredLine } from '../../electron/line/unverified.ts';
import { type Desk, openDesk } from '../support/desk.ts';
import { AUTH_TOKEN, postForm } from '../support/signed-request.ts';
import { rms } from '../support/tones.ts';
import { until } from '../support/until.ts';
import { openPracticeHarness } from '../twilio/practice-harness.ts';
import {
  type Account,
  BEFORE,
  connect,
  destinationOf,
  environmentOf,
  openAccount,
} from './account.ts';

/** A machine that takes every call at once and goes on for ten minutes. */
const TONE = '+14155550180';

/** The environment of a desk that knows an API key of the account and no more. */
function keyOnly(account: Account) {
  const { apiKey } = account.twilio;
  return {
    ...environmentOf(account),
    TWILIO_AUTH_TOKEN: '',
    TWILIO_API_KEY: apiKey.sid,
    TWILIO_API_SECRET: apiKey.secret,
  };
}

const problemIds = (desk: Desk): string[] => desk.state().problems.map(({ id }) => id);

describe('a desk with an API key and no auth token', () => {
  it('takes no calls, opens no address and tests none, and says why', async () => {
    const account = await openAccount({ voiceUrl: BEFORE });
    const desk = await openDesk({ env: { ...keyOnly(account), NGROK_AUTHTOKEN: 'tunnel token' } });
    expect(desk.state().line).toMatchObject({
      status: 'ready',
      address: { kind: 'none', url: null },
      pointing: { to: 'elsewhere' },
      test: { status: 'untested' },
    });
    expect(desk.state().problems).toMatchObject([
      {
        id: 'unverified',
        problem: {
          message: expect.stringContaining('Without the auth token'),
          remedy: expect.stringContaining('auth token'),
        },
      },
    ]);
    expect(await destinationOf(account)).toBe(BEFORE);
  });

  it('neither dials nor takes the number, and tells what to do', async () => {
    const account = await openAccount({ voiceUrl: BEFORE });
    const desk = await openDesk({ env: keyOnly(account) });
    for (const command of [{ command: 'dial', to: TONE }, { command: 'take-number' }]) {
      expect(await desk.run(command)).toMatchObject({
        ok: false,
        problem: { kind: 'line-down', remedy: expect.stringContaining('auth token') },
      });
    }
    expect(desk.state().calls).toEqual([]);
    expect(await account.client.calls.list({ limit: 5 })).toEqual([]);
    expect(await destinationOf(account)).toBe(BEFORE);
  });

  it('speaks messages to people all the same', async () => {
    const account = await openAccount();
    const desk = await openDesk({ env: keyOnly(account) });
    const asked = { command: 'notify', to: TONE, text: 'Your table is ready.', hangUpAfter: 0 };
    expect(await desk.run(asked)).toMatchObject({ ok: true });
    const [call] = await account.client.calls.list({ limit: 5 });
    await until(() => rms(account.twilio.heardBy(call?.sid ?? '') ?? new Int16Array(0)) > 100);
  });

  it('goes on as usual while signatures are skipped', async () => {
    const account = await openAccount();
    const desk = await openDesk({ env: { ...keyOnly(account), EARSHOT_SKIP_SIGNATURE: '1' } });
    expect(desk.state().line).toMatchObject({
      address: { kind: 'local' },
      pointing: { to: 'here' },
    });
    expect(problemIds(desk)).toEqual(['signatures']);
    expect(await desk.run({ command: 'dial', to: TONE })).toMatchObject({ ok: true });
    await desk.event('stream-started');
  });

  it('is the same when the key was entered in the window, until the token is', async () => {
    const account = await openAccount({ voiceUrl: BEFORE });
    const { apiKey } = account.twilio;
    const desk = await openDesk({ env: { EARSHOT_TWILIO_API_URL: account.twilio.apiUrl } });
    const key = { authToken: undefined, apiKey: apiKey.sid, apiSecret: apiKey.secret };
    expect(await connect(desk, account, key)).toEqual({ ok: true });
    expect(desk.state().line).toMatchObject({ status: 'ready', address: { kind: 'none' } });
    expect(problemIds(desk)).toContain('unverified');
    expect(await destinationOf(account)).toBe(BEFORE);
    expect(await connect(desk, account)).toEqual({ ok: true });
    expect(problemIds(desk)).not.toContain('unverified');
    expect(desk.state().line.pointing.to).toBe('here');
  });
});

describe('a desk whose calls a relay starts', () => {
  /** A relay, and what it was asked. */
  async function openRelay() {
    let asked = 0;
    const relay = createServer((_request, response) => {
      asked += 1;
      response.end(JSON.stringify({ callSid: `CA${'1'.repeat(32)}` }));
    }).listen(0, '127.0.0.1');
    await once(relay, 'listening');
    onTestFinished(() => {
      relay.closeAllConnections();
      relay.close();
    });
    const env = {
      EARSHOT_RELAY_URL: `http://127.0.0.1:${(relay.address() as AddressInfo).port}`,
      EARSHOT_RELAY_EMPLOYEE_ID: '7',
      EARSHOT_RELAY_KEY: 'agent key',
      PUBLIC_URL: 'http://127.0.0.1:1',
    };
    return { env, asked: () => asked };
  }

  it('dials nobody without the token of the relay’s account, and says which it needs', async () => {
    const relay = await openRelay();
    const desk = await openDesk({ env: relay.env });
    const commands = [
      { command: 'dial', to: TONE },
      { command: 'notify', to: TONE, text: 'Ready.' },
    ];
    for (const command of commands) {
      expect(await desk.run(command)).toMatchObject({
        ok: false,
        problem: { kind: 'line-down', remedy: expect.stringContaining('TWILIO_AUTH_TOKEN') },
      });
    }
    expect(problemIds(desk)).toEqual(['unverified']);
    expect(relay.asked()).toBe(0);
    expect(desk.state().calls).toEqual([]);
  });

  it('dials without it while signatures are skipped', async () => {
    const relay = await openRelay();
    const desk = await openDesk({ env: { ...relay.env, EARSHOT_SKIP_SIGNATURE: '1' } });
    expect(await desk.run({ command: 'dial', to: TONE })).toMatchObject({ ok: true });
    expect(relay.asked()).toBe(1);
  });

  it('takes what is signed with the token, and shows the number it is told', async () => {
    const relay = await openRelay();
    const desk = await openDesk({
      env: {
        ...relay.env,
        PUBLIC_URL: '',
        TWILIO_AUTH_TOKEN: AUTH_TOKEN,
        TWILIO_PHONE_NUMBER: '+14155550123',
      },
    });
    expect(desk.state().line.number).toBe('+14155550123');
    expect(problemIds(desk)).toEqual([]);
    const local = `http://127.0.0.1:${desk.app.line()?.port}/voice/status`;
    const told = { CallSid: `CA${'2'.repeat(32)}`, CallStatus: 'completed' };
    // Without a public address a request is taken to be signed over https and its host.
    const signed = local.replace('http:', 'https:');
    expect((await postForm(local, signed, told)).status).toBe(204);
    expect((await postForm(local, local, told)).status).toBe(403);
  });
});

describe('a line on which nothing can be verified', () => {
  it('lets nobody write its calls down, as what is said could not be believed', async () => {
    const { line, close } = await openPracticeHarness({ people: [] });
    onTestFinished(close);
    const why = {
      kind: 'line-down',
      message: 'Nothing is verified.',
      remedy: 'Enter it.',
    } as const;
    const { start } = barredLine(line, why, false).transcriptions;
    const labels = { inbound: 'Them', outbound: 'Us' };
    const request = { tracks: ['inbound'], language: 'en-US', hints: [], labels } as const;
    await expect(start({ callSid: 'CA1', ...request })).rejects.toMatchObject({ problem: why });
  });
});
