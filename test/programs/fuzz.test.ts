import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { commandSchema } from '../../electron/core/commands.ts';
import { createPracticeLine } from '../../electron/practice/practice-line.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { seeded } from '../support/chance.ts';
import { dataFolder } from '../support/data-folder.ts';
import { freePort } from '../support/free-port.ts';
import { type HeadlessApp, startHeadless } from '../support/headless-app.ts';
import { diceOf, throwAt } from '../support/hostile.ts';
import { quietLog } from '../support/quiet-log.ts';
import { post, signature, signedUpgrade } from '../support/signed-request.ts';
import { until } from '../support/until.ts';

/** How much is thrown: more finds more, and takes longer. */
const REQUESTS = 300;
const SIGNED = 200;
const SOCKETS = 60;
const COMMANDS = 1000;

/** What a program may keep for the next time; what is left behind by each attack would be far more. */
const SPARE_FILES = 20;
const SPARE_BYTES = 200_000_000;

const PATHS = [
  '/voice/webhook',
  '/voice/status',
  '/voice/recording',
  '/voice/transcription',
  '/sms/webhook',
  '/sms/status',
  '/voice/stream',
  '/twilio/voice/inbound',
  '/call/status',
  '/health',
  '/nothing',
] as const;

let data: Awaited<ReturnType<typeof dataFolder>>;
let practice: Awaited<ReturnType<typeof createPracticeLine>>;
let app: HeadlessApp;
let port: number;
let base: string;
let token: string;
let callSid: string;

beforeAll(async () => {
  data = await dataFolder();
  practice = await createPracticeLine({ clock: systemClock, log: quietLog });
  token = practice.authToken;
  port = await freePort();
  base = `http://127.0.0.1:${port}`;
  app = startHeadless(data.path, {
    PORT: String(port),
    PUBLIC_URL: base,
    TWILIO_SID: practice.accountSid,
    TWILIO_AUTH_TOKEN: token,
    TWILIO_NUMBER: practice.number,
    EARSHOT_TWILIO_API_URL: practice.apiUrl,
  });
  await app.event({ event: 'listening' });
  await app.run({ command: 'dial', to: '+14155550180' });
  const started = await app.event({ event: 'stream-started', to: '+14155550180' });
  callSid = String(started['callSid']);
});

afterAll(async () => {
  app?.process.kill('SIGKILL');
  await practice?.close();
  await data?.remove();
});

/** What the system counts of the running program; nothing where it does not tell. */
function held(): { readonly files: number; readonly bytes: number } {
  if (process.platform !== 'linux') return { files: 0, bytes: 0 };
  const folder = join('/proc', String(app.process.pid));
  const pages = Number(readFileSync(join(folder, 'statm'), 'utf8').split(' ')[1]);
  return { files: readdirSync(join(folder, 'fd')).length, bytes: pages * 4096 };
}

/** Frames of the call that came in so far. */
async function framesNow(): Promise<number> {
  const { qualities } = await app.run({ command: 'quality', callSid });
  const [first] = qualities as readonly { quality: { receivedFrames: number } }[];
  return first?.quality.receivedFrames ?? 0;
}

/** The call as commands could change it: not what time does to it. */
async function callNow(): Promise<unknown> {
  const { calls } = await app.run({ command: 'calls' });
  const own = (calls as readonly Record<string, unknown>[]).find(one => one['callSid'] === callSid);
  return own && { status: own['status'], hold: own['hold'], muted: own['muted'] };
}

/** The program answers, its call has sound that comes in, and nothing of the attack is kept. */
async function goesOn(before: ReturnType<typeof held>): Promise<void> {
  expect(app.process.exitCode).toBeNull();
  const answer = await fetch(`${base}/health`);
  expect(answer.status).toBe(200);
  await answer.arrayBuffer();
  const received = await framesNow();
  await until(async () => (await framesNow()) > received);
  expect(await callNow()).toMatchObject({ status: 'live' });
  await until(() => held().files <= before.files + SPARE_FILES);
  expect(held().bytes).toBeLessThan(before.bytes + SPARE_BYTES);
  expect(app.errors()).not.toContain(token);
}

/** Declines every call that rings, until told to stop. */
function declineAll(): () => Promise<void> {
  let isOver = false;
  const work = async (): Promise<void> => {
    const done = new Set<unknown>();
    while (!isOver) {
      const ringing = app.lines.filter(line => line['event'] === 'call-ringing');
      for (const { callId } of ringing.filter(line => !done.has(line['callId']))) {
        done.add(callId);
        await app.run({ command: 'decline', callId });
      }
      await wait(10);
    }
  };
  const declining = work();
  return () => {
    isOver = true;
    return declining;
  };
}

/** Does something often, with so many under way at once: some wait for an answer for seconds. */
async function often(times: number, atOnce: number, attack: () => Promise<void>): Promise<void> {
  let left = times;
  const work = async (): Promise<void> => {
    for (; left > 0; ) {
      left -= 1;
      await attack();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

const HEADERS = [
  'X-Twilio-Signature',
  'Content-Type',
  'Host',
  'Transfer-Encoding',
  'Content-Length',
  'Expect',
  'Upgrade',
  'Connection',
  'Content-Encoding',
] as const;

const BODIES = [
  '',
  'a=b',
  'a=b&a=c&__proto__=1&CallSid[]=1',
  '%%%=%ff%fe&=&==&',
  '{"a":',
  'x'.repeat(200_000),
  '5\r\nhello\r\nffffffffffffffff\r\n',
  Buffer.from([0, 255, 254, 128, 13, 10]),
] as const;

const VALUES = [
  'chunked',
  'gzip',
  '-5',
  '99999999999',
  '100-continue',
  'websocket',
  'application/json',
  'application/x-www-form-urlencoded; charset=utf-7',
  'multipart/form-data; boundary=',
] as const;

describe('the running program and its call', () => {
  it('are not touched by requests that are none', async () => {
    const { below, one, text } = diceOf(seeded(1));
    const before = held();
    const header = (): string => {
      const name = below(10) === 0 ? 'A'.repeat(below(20_000) + 1) : one(HEADERS);
      return `${name}: ${one([text().replace(/[\r\n]/g, ' '), ...VALUES])}\r\n`;
    };
    await often(REQUESTS, 10, async () => {
      const verb = one(['POST', 'GET', 'PUT', 'PRI', 'CONNECT', 'post', '\x16\x03\x01', '']);
      const path = one([
        ...PATHS,
        '/%00',
        '//',
        '*',
        'http://evil.example/',
        '/voice/../health',
        `/${'a/'.repeat(2000)}`,
      ]);
      const headers = Array.from({ length: below(6) }, header).join('');
      const version = one(['1.1', '1.0', '2.0', '9.9', 'x']);
      const head = `${verb} ${path} HTTP/${version}\r\nHost: 127.0.0.1\r\n${headers}\r\n`;
      // Some stop in the middle and wait, as a slow attack does.
      const pieces = below(5) === 0 ? [head.slice(0, below(head.length))] : [head, one(BODIES)];
      const answer = await throwAt(port, pieces);
      // A version or a way of sending that is not spoken here is the one thing that may be told so.
      expect(answer).not.toMatch(/^HTTP\/1\.1 50(?![15])/);
      expect(answer).not.toContain(token);
    });
    await goesOn(before);
  });

  it('are not touched by signed forms that say anything', async () => {
    const { below, one, text } = diceOf(seeded(2));
    const before = held();
    const names = [
      'CallSid',
      'CallStatus',
      'From',
      'To',
      'StreamSid',
      'TranscriptionEvent',
      'TranscriptionData',
      'SequenceNumber',
      'RecordingSid',
      'RecordingUrl',
      'MessageSid',
      'Body',
      'NumMedia',
      'Digits',
      'AnsweredBy',
      '__proto__',
    ];
    const statuses = new Set<number>();
    // Who calls is held for seconds unless somebody says no.
    const stopDeclining = declineAll();
    await often(SIGNED, SIGNED, async () => {
      const value = (): string => (below(8) === 0 ? callSid : text());
      const fields = Object.fromEntries(
        Array.from({ length: below(8) }, () => [one(names), value()] as const).filter(
          // To tell that the call is over is Twilio's right.
          ([name]) => name !== 'CallStatus',
        ),
      );
      const path = one(PATHS.filter(each => each !== '/health'));
      // Every fifth is signed with the token of somebody else.
      const isKnown = below(5) > 0;
      const url = `${base}${path}`;
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': signature(url, fields, isKnown ? token : 'another token'),
      };
      const answer = await post(url, headers, `${new URLSearchParams(fields)}`);
      expect(answer.body).not.toContain(token);
      expect(answer.status).toBeLessThan(500);
      if (!isKnown) expect(answer.status).toBeGreaterThanOrEqual(400);
      statuses.add(answer.status);
    });
    await stopDeclining();
    // Some of it was taken: the signature was right, and what they said was answered.
    expect(statuses).toContain(200);
    await goesOn(before);
  });

  it('are not touched by streams that say anything, in any way', async () => {
    const { below, one, json, text } = diceOf(seeded(3));
    const before = held();
    const url = `${base.replace(/^http/, 'ws')}/voice/stream`;
    const events = ['connected', 'start', 'media', 'mark', 'dtmf', 'stop'] as const;
    const message = (): string | Buffer =>
      one<() => string | Buffer>([
        () => Buffer.from(Array.from({ length: below(300) }, () => below(256))),
        () => JSON.stringify(json()),
        () =>
          JSON.stringify({
            event: one([...events, text()]),
            start: below(3) === 0 ? { callSid, streamSid: text(), tracks: json() } : json(),
            media: json(),
            streamSid: text(),
            sequenceNumber: json(),
          }),
        () =>
          JSON.stringify({
            event: 'media',
            media: { track: 'inbound', payload: 'A'.repeat(below(60_000)) },
          }),
        () => '{"event":"media","media":{"payload":',
        () => 'x'.repeat(100_000),
        () => '['.repeat(20_000),
      ])();
    await often(SOCKETS, 4, async () => {
      const headers = below(4) === 0 ? {} : signedUpgrade(url, token);
      const socket = new WebSocket(url, { headers });
      socket.on('error', () => {});
      const isOpen = await new Promise<boolean>(resolve => {
        socket.on('open', () => resolve(true));
        socket.on('close', () => resolve(false));
      });
      if (!isOpen) return;
      const flood = below(10) === 0 ? 2000 : below(12);
      for (let i = 0; i < flood && socket.readyState === socket.OPEN; i += 1) {
        socket.send(message());
      }
      // Frames that break the protocol itself: reserved bits, no mask, a length nobody has.
      if (below(2) === 0) {
        await throwAt(port, [
          `GET /voice/stream HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nX-Twilio-Signature: ${signature(url, {}, token)}\r\n\r\n`,
          Buffer.from([
            one([0xff, 0xf1, 0x81, 0x8f]),
            one([0xff, 0x7f, 0x05]),
            ...Array.from({ length: 20 }, () => below(256)),
          ]),
        ]);
      }
      if (below(2) === 0) socket.close();
      else socket.terminate();
    });
    await goesOn(before);
  });
});

describe('commands on standard input', () => {
  /** Of each command: its name and its fields. */
  const known = commandSchema.options.flatMap(option =>
    'shape' in option
      ? [...option.shape.command.values].map(name => ({
          name,
          fields: Object.keys(option.shape).filter(field => field !== 'command'),
        }))
      : [],
  );

  it('that name the call, but are wrong in one place, have no effect on it', async () => {
    const { one } = diceOf(seeded(4));
    const before = held();
    const callBefore = await callNow();
    const about = known.filter(
      ({ fields }) => fields.includes('callSid') || fields.includes('callId'),
    );
    expect(about.length).toBeGreaterThan(20);
    const refuse = async (command: Readonly<Record<string, unknown>>): Promise<void> => {
      expect(await app.run(command), JSON.stringify(command)).toMatchObject({ ok: false });
    };
    const wrongNames = [`${callSid} `, callSid.toLowerCase(), [callSid], { callSid }, '%'];
    // Each may wait for Twilio, which is asked about calls that are not known here.
    await Promise.all(
      about.flatMap(({ name, fields }) => [
        ...fields
          .filter(field => field !== 'callSid' && field !== 'callId')
          .map(field =>
            refuse({ command: name, callSid, [field]: one([[], {}, [[]], { on: true }]) }),
          ),
        ...wrongNames
          .filter(wrong => name !== 'audit' || typeof wrong !== 'string')
          .map(wrong => refuse({ command: name, callSid: wrong })),
      ]),
    );
    expect(await callNow()).toEqual(callBefore);
    await goesOn(before);
  });

  it('get an outcome, whatever they are', async () => {
    const { below, one, json, text } = diceOf(seeded(5));
    const before = held();
    const names = known.map(({ name }) => name);
    const fields = [...new Set(known.flatMap(each => each.fields)), '__proto__', 'constructor'];
    // What, well said, ends calls or the program, or asks another Twilio, is not left to chance.
    const grave = new Set(['shut-down', 'use-line', 'disconnect-account', 'open-line', 'dial']);
    await often(COMMANDS, 100, async () => {
      const name = one<unknown>([...names, ...names, text(), json()]);
      if (typeof name === 'string' && grave.has(name)) return;
      const entries = Array.from({ length: below(6) }, () => {
        const field = one(fields);
        const path = join(data.path, 'no-such-folder', 'file');
        return [field, field === 'path' ? path : json()] as const;
      });
      const outcome = await app.run({ ...Object.fromEntries(entries), command: name });
      expect(typeof outcome['ok']).toBe('boolean');
    });
    await goesOn(before);
  });

  it('that are no lines of JSON, or huge, are refused and cost nothing', async () => {
    const { json } = diceOf(seeded(6));
    const before = held();
    for (let i = 0; i < 200; i += 1) app.write(`${JSON.stringify(json())}\n`);
    app.write(`${'['.repeat(50_000)}\n\0\n{"command":\n`);
    const text = 'x'.repeat(5_000_000);
    expect(await app.run({ command: 'say', callSid, text })).toMatchObject({ ok: false });
    expect(await app.run({ command: 'calls', callSid: text })).toMatchObject({ ok: true });
    await goesOn(before);
  });
});
