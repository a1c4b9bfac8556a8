import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { commandSchema } from '../../electron/core/commands.ts';
import { findCall } from '../../electron/core/state.ts';
import { seeded } from '../support/chance.ts';
import { type Desk, openDesk } from '../support/desk.ts';
import { diceOf, throwAt } from '../support/hostile.ts';
import { postSigned, signature, signedUpgrade } from '../support/signed-request.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

/** How much is thrown: more finds more, and takes longer. */
const REQUESTS = 250;
const SIGNED = 200;
const SOCKETS = 60;
const COMMANDS = 1000;

/** Connections that Node keeps for the next request; one left behind by each attack would be far more. */
const SPARE = 10;

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

let desk: Desk;
let port: number;
let callId: string;
let token: string;

/** The server answers, and the call is as it was: live, with sound that comes in. */
async function goesOn(): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/health`);
  expect(answer.status).toBe(200);
  await answer.arrayBuffer();
  const received = () => desk.app.line() !== null && framesNow();
  const before = await received();
  await until(async () => (await received()) > before);
  expect(findCall(desk.state(), callId)).toMatchObject({ status: 'live', stream: true });
}

/** Frames of the call that came in so far. */
async function framesNow(): Promise<number> {
  const outcome = await desk.app.run({ command: 'quality', callId });
  if (!outcome.ok || !('qualities' in outcome)) throw new Error('no quality');
  return outcome.qualities[0]?.quality.receivedFrames ?? 0;
}

/** Connections that are open in this process. */
const connections = (): number =>
  process.getActiveResourcesInfo().filter(name => /TCP/.test(name)).length;

beforeEach(async () => {
  desk = await openDesk({
    // What asks Twilio finds nobody: nothing leaves this computer.
    env: { EARSHOT_LINE: 'practice', EARSHOT_TWILIO_API_URL: 'http://127.0.0.1:9' },
  });
  port = desk.app.line()?.port ?? 0;
  token = desk.app.practice()?.authToken ?? '';
  await desk.run({ command: 'ring-me' });
  ({ callId } = await desk.event('call-ringing'));
  await desk.run({ command: 'answer', callId });
  await desk.event('stream-started', { callId });
});

describe('a call that goes on', () => {
  it('is not touched by requests that are none', async () => {
    const { below, one, text } = diceOf(seeded(1));
    const before = connections();
    const headers = (): string =>
      Array.from(
        { length: below(6) },
        () =>
          `${one(['X-Twilio-Signature', 'Content-Type', 'Host', 'Transfer-Encoding', 'Content-Length', 'Expect', 'Upgrade', 'Connection', 'Content-Encoding', 'A'.repeat(below(20_000) + 1)])}: ${one([text().replace(/[\r\n]/g, ' '), 'chunked', 'gzip', '-5', '99999999999', '100-continue', 'websocket', 'application/json', 'application/x-www-form-urlencoded; charset=utf-7', 'multipart/form-data; boundary='])}\r\n`,
      ).join('');
    const bodies = [
      '',
      'a=b',
      'a=b&a=c&__proto__=1&CallSid[]=1',
      '%%%=%ff%fe&=&==&',
      '{"a":',
      'x'.repeat(200_000),
      '5\r\nhello\r\nffffffffffffffff\r\n',
      Buffer.from([0, 255, 254, 128, 13, 10]),
    ] as const;
    for (let round = 0; round < REQUESTS; round += 10) {
      await Promise.all(
        Array.from({ length: 10 }, () => {
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
          const head = `${verb} ${path} HTTP/${one(['1.1', '1.0', '2.0', '9.9', 'x'])}\r\nHost: 127.0.0.1\r\n${headers()}\r\n`;
          const whole = [head, one(bodies)];
          // Some stop in the middle and wait, as a slow attack does.
          return throwAt(port, below(5) === 0 ? [head.slice(0, below(head.length))] : whole);
        }),
      );
    }
    await goesOn();
    await until(() => connections() <= before + SPARE);
  });

  it('is not touched by signed forms that say anything', async () => {
    const { below, one, text } = diceOf(seeded(2));
    const base = desk.app.publicUrl() ?? '';
    const events = desk.events.length;
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
    const ask = async (): Promise<number> => {
      const fields = Object.fromEntries(
        Array.from({ length: below(8) }, () => [one(names), text()] as const),
      );
      const path = one(PATHS.filter(each => each !== '/health'));
      // Every fifth is signed with the token of somebody else.
      const known = below(5) > 0;
      const answer = await postSigned(`${base}${path}`, fields, known ? token : 'another token');
      await answer.arrayBuffer();
      expect(answer.status).toBeLessThan(500);
      if (!known) expect(answer.status).toBeGreaterThanOrEqual(400);
      return answer.status;
    };
    // All at once: a question about a call that Twilio does not know is held for seconds.
    const statuses = await Promise.all(Array.from({ length: SIGNED }, ask));
    // Some of it was taken: the signature was right, and what they said was answered.
    expect(statuses).toContain(200);
    expect(
      desk.events
        .slice(events)
        .filter(event => event.event === 'call-ended' && event.callId === callId),
    ).toEqual([]);
    await goesOn();
  });

  it('is not touched by streams that say anything, in any way', async () => {
    const { below, one, json, text } = diceOf(seeded(3));
    const before = connections();
    const base = (desk.app.publicUrl() ?? '').replace(/^http/, 'ws');
    const url = `${base}/voice/stream`;
    const message = (): string | Buffer =>
      one<() => string | Buffer>([
        () => Buffer.from(Array.from({ length: below(300) }, () => below(256))),
        () => JSON.stringify(json()),
        () =>
          JSON.stringify({
            event: one(['connected', 'start', 'media', 'mark', 'dtmf', 'stop', text()]),
            start: json(),
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
    for (let round = 0; round < SOCKETS; round += 1) {
      const headers = below(4) === 0 ? {} : signedUpgrade(url, token);
      const socket = new WebSocket(url, { headers });
      socket.on('error', () => {});
      const isOpen = await new Promise<boolean>(resolve => {
        socket.on('open', () => resolve(true));
        socket.on('close', () => resolve(false));
      });
      if (!isOpen) continue;
      const flood = below(10) === 0 ? 2000 : below(12);
      for (let i = 0; i < flood && socket.readyState === socket.OPEN; i += 1)
        socket.send(message());
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
    }
    await goesOn();
    await until(() => connections() <= before + SPARE);
  });
});

describe('commands', () => {
  it('from anywhere get an outcome, whatever they are, and never an effect by accident', async () => {
    const { below, one, json, text } = diceOf(seeded(4));
    const folder = tempFolder();
    const names = commandSchema.options.flatMap(option =>
      'shape' in option ? [...option.shape.command.values] : [],
    );
    // What, well said, changes the line or ends the app is only thrown with something else in it.
    const grave = new Set([
      'use-line',
      'disconnect-account',
      'open-line',
      'shut-down',
      'retry-tunnel',
    ]);
    const fields = [
      'callId',
      'callSid',
      'to',
      'from',
      'text',
      'on',
      'number',
      'settings',
      'query',
      'limit',
      'path',
      'format',
      'atMs',
      'kind',
      'digits',
      'body',
      'mediaUrls',
      'problemId',
      'key',
      'language',
      'volume',
      '__proto__',
      'constructor',
    ];
    const ask = async (): Promise<void> => {
      const name = one<unknown>([...names, ...names, ...names, text(), json()]);
      const entries = Array.from({ length: below(6) }, () => {
        const field = one(fields);
        return [field, field === 'path' ? join(folder, 'no-such-folder', 'file') : json()] as const;
      });
      const command: unknown = JSON.parse(
        JSON.stringify({ ...Object.fromEntries(entries), command: name }),
      );
      if (typeof name === 'string' && grave.has(name)) return;
      const outcome = await desk.run(below(20) === 0 ? json() : command);
      expect(typeof outcome.ok).toBe('boolean');
      if (!outcome.ok) expect(outcome.problem.message).not.toBe('');
    };
    // Many at once: some wait for an answer that never comes.
    for (let round = 0; round < COMMANDS; round += 100) {
      await Promise.all(Array.from({ length: 100 }, ask));
    }
    expect(Object.keys({})).toEqual([]);
    expect(Reflect.get({}, 'a')).toBeUndefined();
    expect(findCall(desk.state(), callId)?.status).toBe('live');
    await goesOn();
  });

  it('that are huge or twisted are refused at once', async () => {
    const deep: unknown = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`);
    const circle: Record<string, unknown> = { command: 'calls' };
    circle['self'] = circle;
    const getter = Object.defineProperty({}, 'command', {
      get: () => {
        throw new Error('hostile');
      },
    });
    for (const command of [
      deep,
      { command: deep },
      { command: 'dial', to: 'x'.repeat(20_000_000) },
      { command: 'say', callId, text: 'x'.repeat(20_000_000) },
      { command: 'change-settings', settings: { allowList: Array(100_000).fill('+14155550101') } },
      { command: 'change-settings', settings: JSON.parse('{"__proto__":{"talk":"hold"}}') },
      Symbol('x'),
      () => {},
      undefined,
    ]) {
      expect((await desk.run(command)).ok).toBe(false);
    }
    expect((await desk.run(circle)).ok).toBe(true);
    await desk.run(getter).catch(() => {});
    await goesOn();
  });
});
