import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Twilio } from 'twilio';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPracticeLine, type PracticeLine } from '../../electron/practice/practice-line.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { createTwilioClient } from '../practice/twilio-client.ts';
import { dataFolder } from '../support/data-folder.ts';
import { freePort } from '../support/free-port.ts';
import { type HeadlessApp, startHeadless } from '../support/headless-app.ts';
import { quietLog } from '../support/quiet-log.ts';
import { handshake, post, postSigned, signedUpgrade } from '../support/signed-request.ts';
import { hearsKey5 } from '../support/tones.ts';

const DANA = '+14155550101';
const SAM = '+14155550102';
const KIM = '+14155550105';
const VERA = '+14155550113';
const DESK_PHONE = '+14155550150';

/** Where the number's calls went before. */
const BEFORE = 'http://127.0.0.1:9/before';

type Told = Readonly<Record<string, unknown>>;

let data: Awaited<ReturnType<typeof dataFolder>>;
let port: number;
let url: string;
let line: PracticeLine;
let client: Twilio;
let app: HeadlessApp;

beforeEach(async () => {
  data = await dataFolder();
  port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const webhooks = { voiceUrl: BEFORE };
  line = await createPracticeLine({ clock: systemClock, log: quietLog, webhooks });
  client = createTwilioClient(line);
});

afterEach(async () => {
  app.process.kill('SIGKILL');
  await app.ended;
  await line.close();
  await data.remove();
});

async function start(more: Readonly<Record<string, string>> = {}): Promise<void> {
  app = startHeadless(data.path, {
    PORT: String(port),
    PUBLIC_URL: url,
    TWILIO_ACCOUNT_SID: line.accountSid,
    TWILIO_AUTH_TOKEN: line.authToken,
    TWILIO_PHONE_NUMBER: line.number,
    EARSHOT_TWILIO_API_URL: line.apiUrl,
    LOG_LEVEL: 'debug',
    ...more,
  });
  await app.event({ event: 'listening' });
}

async function run(name: string, fields: Told = {}): Promise<Told> {
  const reply = await app.run({ command: name, ...fields });
  expect(reply, name).toMatchObject({ ok: true });
  return reply;
}

const change = (settings: Told) => run('change-settings', { settings });

async function dial(to: string, more: Told = {}): Promise<string> {
  return String((await run('dial', { to, ...more }))['callId']);
}

async function ring(from: string): Promise<string> {
  const { callSid } = await line.ringIn(from);
  await app.event({ event: 'call-ringing', callSid, from, to: line.number });
  return callSid;
}

async function takeIn(from: string): Promise<string> {
  const callSid = await ring(from);
  await run('answer', { callSid });
  await app.event({ event: 'stream-started', callSid });
  return callSid;
}

async function hangUp(call: Told): Promise<void> {
  await run('hang-up', call);
  await app.event({ event: 'call-ended', ...call, reason: 'hung-up-here' });
}

function namesOf(callSid: string): unknown[] {
  const told = app.lines.filter(each => each['callSid'] === callSid && 'event' in each);
  return told.map(({ event }) => event);
}

async function voiceUrl(): Promise<string | undefined> {
  const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: line.number });
  return number?.voiceUrl;
}

describe('the headless app on an account', () => {
  it('takes the number, talks, asks, holds a queue, and gives the number back, whatever Twilio repeats', async () => {
    await start();
    expect(await voiceUrl()).toBe(`${url}/voice/webhook`);
    line.pretend({ replayWebhooks: true, repeatCallbacks: true, shuffleCallbacks: true });
    const callSid = await takeIn(VERA);
    await run('send-digits', { callSid, digits: '555' });
    await run('say', { callSid, text: 'The lemon is ripe.', voice: 'onyx' });
    await app.event({ event: 'text-said', callSid, by: 'stream' });
    line.sendDigits(callSid, '8');
    await app.event({ event: 'digits-received', callSid, digits: '8' });
    expect(hearsKey5(line.heardBy(callSid))).toBe(true);

    const { turn } = await run('gather', { callSid, input: 'digits', numDigits: 2 });
    await app.event({ event: 'gather-started', turn });
    line.sendDigits(callSid, '42');
    await app.event({ event: 'digits-received', digits: '42', turn });
    await app.event({ event: 'gather-ended', turn, got: 'digits' });

    const { turn: next } = await run('gather', { callSid, input: 'speech' });
    await app.event({ event: 'gather-started', turn: next });
    await line.say(callSid, 'I like oranges.');
    expect(await app.event({ event: 'segment', turn: next })).toMatchObject({
      ...{ callSid, speaker: 'them', text: 'I like oranges.', isFinal: true },
    });

    const waiting = await ring(SAM);
    await run('enqueue', { callSid: waiting });
    await app.event({ event: 'call-waiting', callSid: waiting });
    await run('answer', { callSid: waiting });
    await app.event({ event: 'stream-started', callSid: waiting });
    line.farHangUp(waiting);
    await app.event({ event: 'call-ended', callSid: waiting, reason: 'hung-up-there' });
    await hangUp({ callSid });

    app.process.kill('SIGTERM');
    expect(await app.ended).toBe(0);
    expect(await voiceUrl()).toBe(BEFORE);
    const told = app.lines.filter(({ event }) => event !== undefined && event !== 'listening');
    expect(new Set(told.map(({ eventId }) => eventId)).size).toBe(told.length);
    expect(told.every(({ dedupeKey }) => typeof dedupeKey === 'string')).toBe(true);
    for (const name of ['call-ringing', 'call-answered', 'call-ended']) {
      expect(namesOf(callSid).filter(told => told === name)).toEqual([name]);
    }
    expect(line.alerts()).toEqual([]);
    expect(app.errors()).not.toMatch(/415555|lemon|oranges|Vera|"42"/);
    expect(app.errors()).not.toContain(line.authToken);
  });

  it('lets in whom its policy lets in, to the last digit', async () => {
    await start();
    const refused = async (from: string): Promise<string> => {
      const { callSid } = await line.ringIn(from);
      await app.event({ event: 'call-refused', callSid, from });
      const status = async () => (await client.calls(callSid).fetch()).status;
      await expect.poll(status).not.toBe('ringing');
      return status();
    };
    await change({ inboundPolicy: 'allow-list', allowList: [SAM, DANA.slice(0, -1)] });
    expect(await refused(DANA)).toBe('no-answer');
    const callSid = await ring(SAM);
    await run('decline', { callSid });
    await app.event({ event: 'call-ended', callSid, reason: 'declined' });
    await change({ inboundPolicy: 'closed' });
    expect(await refused(SAM)).toBe('no-answer');

    await change({ inboundPolicy: 'open', whenBusy: 'queue' });
    await takeIn(VERA);
    const { callSid: second } = await line.ringIn(SAM);
    await app.event({ event: 'call-waiting', callSid: second });
    await change({ whenBusy: 'reject' });
    expect(await refused(DANA)).toBe('busy');
  });

  it('dials with another caller number or with keys, learns who answered, speaks a message', async () => {
    await start();
    await change({ callerId: DESK_PHONE, longestCallMinutes: 5 });
    const machine = await dial(KIM, { detectMachine: true });
    const keyed = await dial(VERA, { sendDigits: '555', from: line.number });
    const stream = { event: 'stream-started', callId: keyed, from: line.number };
    const { callSid } = await app.event(stream);
    expect(hearsKey5(line.heardBy(String(callSid)))).toBe(true);
    await hangUp({ callId: keyed });
    const { callId } = await run('notify', { to: VERA, text: 'The gate is open.', hangUpAfter: 0 });
    await app.event({ event: 'text-said', callId, by: 'twiml' });
    await app.event({ event: 'call-ended', callId, reason: 'hung-up-here' });
    expect(await run('test-line')).toMatchObject({ test: { status: 'reached' } });
    expect(await app.event({ event: 'answerer-detected', callId: machine })).toMatchObject({
      ...{ answeredBy: 'machine', from: DESK_PHONE },
    });
    await hangUp({ callId: machine });
  });

  it('reads its account from a file, and asks with an API key', async () => {
    const settings = [
      `TWILIO_SID="${line.accountSid}"`,
      `TWILIO_AUTH_TOKEN=${line.authToken}`,
      `TWILIO_API_KEY=${line.apiKey.sid}`,
      `TWILIO_API_SECRET=${line.apiKey.secret}`,
      `TWILIO_NUMBER='${line.number}'`,
      `EARSHOT_TWILIO_API_URL=${line.apiUrl}`,
      `VOICECHAT_PUBLIC_BASE_URL=${url}/`,
    ];
    await writeFile(join(data.path, '.env'), settings.join('\n'));
    app = startHeadless(data.path, { PORT: String(port) });
    await app.event({ event: 'listening', port, publicUrl: url });
    const callId = await dial(VERA);
    await app.event({ event: 'stream-started', callId });
    await run('shut-down');
    expect(await app.ended).toBe(0);
    expect(await voiceUrl()).toBe(BEFORE);
  });

  it('answers on the paths of older systems, only what is signed, and the same to a repetition', async () => {
    await start();
    await change({ inboundPolicy: 'closed' });
    let calls = 0;
    const call = (CallStatus: string) => {
      calls += 1;
      const CallSid = `CA${String(calls).padStart(32, '0')}`;
      return { CallSid, From: VERA, To: line.number, Direction: 'inbound', CallStatus };
    };
    const ask = (path: string, params: Readonly<Record<string, string>>) =>
      postSigned(`${url}${path}`, params, line.authToken);
    for (const path of [
      ...['/voice/webhook', '/voice/incoming', '/twilio/voice/inbound', '/webhooks/twilio/voice'],
      ...['/twilio/voice/outbound_twiML?session_id=1', '/twiml'],
    ]) {
      expect(await (await ask(path, call('ringing'))).text(), path).toContain('<Reject');
    }
    for (const path of [
      ...['/voice/status', '/voice/events', '/twilio/status', '/webhooks/twilio/status'],
      '/call/status',
    ]) {
      expect((await ask(path, call('completed'))).status, path).toBe(204);
    }
    for (const path of ['/voice/stream', '/media-stream', '/twilio/stream/CA1']) {
      const address = `ws://127.0.0.1:${port}${path}`;
      expect(await handshake(address, {}), path).toBe(403);
      expect(await handshake(address, signedUpgrade(address, line.authToken)), path).toBe('open');
    }
    expect((await post(`${url}/voice/webhook`, {})).status).toBe(403);

    await change({ inboundPolicy: 'open' });
    const caller = call('ringing');
    const { CallSid: callSid } = caller;
    const first = ask('/twilio/voice/inbound', caller);
    await app.event({ event: 'call-ringing', callSid });
    const again = ask('/twilio/voice/inbound', caller);
    await run('answer', { callSid });
    const twiml = await (await first).text();
    expect(twiml).toContain('<Stream');
    expect(await (await again).text()).toBe(twiml);
    expect(namesOf(callSid).filter(name => name === 'call-ringing')).toHaveLength(1);
  });

  it('dials through a relay', async () => {
    const asked: unknown[] = [];
    const relay = createServer(async ({ method, url: path, headers }, response) => {
      asked.push([method, path, headers['x-tabhr-agent-key'], headers.authorization]);
      const from = { from: line.number, url: `${url}/twilio/voice/outbound_twiML` };
      const { sid } = await client.calls.create({ to: VERA, ...from });
      response.end(JSON.stringify({ callSid: sid }));
    });
    await new Promise<void>(resolve => relay.listen(0, '127.0.0.1', resolve));
    await start({
      TABHR_API_BASE_URL: `http://127.0.0.1:${(relay.address() as AddressInfo).port}/`,
      TABHR_EMPLOYEE_ID: 'e 7',
      TABHR_API_KEY: 'agent-key',
    });
    const callId = await dial(VERA);
    await app.event({ event: 'stream-started', callId });
    await hangUp({ callId });
    relay.closeAllConnections();
    relay.close();
    expect(asked).toEqual([['POST', '/api/employees/e%207/twilio/call', 'agent-key', undefined]]);
    expect(app.errors()).not.toContain('agent-key');
  });

  it('speaks and listens through Twilio on a trial account', async () => {
    line.pretend({ trial: true });
    await start();
    expect(await app.run({ command: 'dial', to: SAM })).toMatchObject({
      ...{ ok: false, problem: { kind: 'trial-account', code: '21219' } },
    });
    const callId = await dial(DANA);
    await app.event({ event: 'call-answered', callId, carrier: 'gather' });
    await run('say', { callId, text: 'Good day.' });
    await app.event({ event: 'text-said', callId, by: 'twiml' });
    await app.event({ event: 'segment', callId, speaker: 'them' });
    await hangUp({ callId });
  });
});
