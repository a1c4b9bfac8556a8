import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { FRAME_SAMPLES } from '../../electron/core/audio/frame.ts';
import { LineMessages } from '../../electron/practice/media-messages.ts';
import { type FaultCounts, FRAME_LIMIT_BYTES, noFaults } from '../../electron/twilio/limits.ts';
import { type MediaStream, serveMediaStream } from '../../electron/twilio/media-stream.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';
import { quietLog } from '../support/quiet-log.ts';
import { until } from '../support/until.ts';

let clock: FakeClock;
let counts: FaultCounts;
let server: WebSocketServer;
let told: string[];
let stream: MediaStream | undefined;
let socket: WebSocket;

beforeEach(async () => {
  clock = fakeClock();
  counts = noFaults();
  told = [];
  stream = undefined;
  server = new WebSocketServer({ port: 0, host: '127.0.0.1', maxPayload: FRAME_LIMIT_BYTES });
  server.on('connection', accepted =>
    serveMediaStream(accepted, {
      clock,
      log: quietLog,
      counts,
      passOf: (token, callSid) =>
        token === 'right' && callSid === 'CA1' ? { callId: 'call-a', purpose: 'monitor' } : null,
      accept: opened => {
        stream = opened;
        return {
          onSound: (timestampMs, { length, [0]: first }, track) =>
            told.push(`${track} ${timestampMs} ${length} ${first}`),
          onDigit: digit => told.push(`digit ${digit}`),
          onMark: name => told.push(`mark ${name}`),
          onEnd: () => told.push('end'),
        };
      },
    }),
  );
  await once(server, 'listening');
  socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await once(socket, 'open');
});

afterEach(() => {
  socket.terminate();
  server.close();
});

function say(message: unknown): void {
  socket.send(typeof message === 'string' ? message : JSON.stringify(message));
}

function start(token: string | null): void {
  const customParameters = token === null ? {} : { token };
  say({ event: 'start', start: { streamSid: 'MZ1', callSid: 'CA1', customParameters } });
}

function media(timestampMs: number, bytes: Uint8Array): void {
  const payload = Buffer.from(bytes).toString('base64');
  say({ event: 'media', media: { track: 'inbound', timestamp: String(timestampMs), payload } });
}

async function closing(): Promise<[number, string]> {
  const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
  return [code, String(reason)];
}

describe('a media stream', () => {
  it('brings the sound of both its tracks as it came, digits and marks to what its token lets in for', async () => {
    const line = new LineMessages({
      accountSid: 'AC1',
      callSid: 'CA1',
      streamSid: 'MZ1',
      tracks: ['inbound'],
    });
    say(line.connected());
    say(line.start({ token: 'right' }));
    say(line.media('inbound', new Uint8Array(FRAME_SAMPLES).fill(0x80), 0));
    say(line.media('outbound', new Uint8Array(FRAME_SAMPLES).fill(0x80), 0));
    say({ event: 'media', media: { track: 'outbound', timestamp: '20', payload: '/w==' } });
    media(20, new Uint8Array(2 * FRAME_SAMPLES).fill(0x00));
    media(60, new Uint8Array(1).fill(0x80));
    say({ event: 'dtmf', dtmf: { digit: '7' } });
    say({ event: 'mark', mark: { name: 'm' } });
    say({ event: 'stop', stop: {} });
    await until(() => told.includes('end'));
    const names = { callId: 'call-a', purpose: 'monitor', callSid: 'CA1', streamSid: 'MZ1' };
    expect(stream).toMatchObject(names);
    expect(told).toEqual([
      'inbound 0 160 128',
      'outbound 0 160 128',
      'outbound 20 1 255',
      'inbound 20 320 0',
      'inbound 60 1 128',
      'digit 7',
      'mark m',
      'end',
    ]);
    expect(counts).toEqual(noFaults());
    expect(clock.timers()).toBe(0);
  });

  it('sends sound, marks and clear in Twilio’s words', async () => {
    const heard: unknown[] = [];
    socket.on('message', data => heard.push(JSON.parse(String(data))));
    start('right');
    await until(() => stream !== undefined);
    expect(stream?.ready()).toBe(true);
    expect(stream?.send(new Uint8Array(FRAME_SAMPLES).fill(0x9f))).toBe(true);
    stream?.mark('m');
    stream?.clear();
    await until(() => heard.length === 3);
    const [sound, mark, clear] = heard;
    const payload = Buffer.alloc(FRAME_SAMPLES, 0x9f).toString('base64');
    expect(sound).toEqual({ event: 'media', streamSid: 'MZ1', media: { payload } });
    expect(mark).toEqual({ event: 'mark', streamSid: 'MZ1', mark: { name: 'm' } });
    expect(clear).toEqual({ event: 'clear', streamSid: 'MZ1' });
  });

  it('is not ready while a second of sound waits to leave, and is again once it left', async () => {
    start('right');
    await until(() => stream !== undefined);
    socket.pause();
    const second = new Uint8Array(50 * FRAME_SAMPLES);
    let sent = 0;
    for (; stream?.ready() === true && sent < 10_000; sent += 1) stream.send(second);
    expect(stream?.ready()).toBe(false);
    socket.resume();
    await until(() => stream?.ready() === true);
    expect(sent).toBeGreaterThan(1);
  });

  it('without a token or with a wrong one is closed with the reason', async () => {
    start(null);
    expect(await closing()).toEqual([1008, 'Missing stream token']);
    expect(counts.streamToken).toBe(1);
  });

  it('with a token of another call is closed with the reason', async () => {
    start('wrong');
    expect(await closing()).toEqual([1008, 'Unknown stream token']);
    expect(stream).toBeUndefined();
  });

  it('that was refused starts no more, whatever it sends until it is closed', async () => {
    const closed = closing();
    start('wrong');
    start('right');
    media(0, new Uint8Array(FRAME_SAMPLES).fill(0x80));
    say('{');
    expect(await closed).toEqual([1008, 'Unknown stream token']);
    expect(stream).toBeUndefined();
    expect(told).toEqual([]);
    expect(counts).toEqual({ ...noFaults(), streamToken: 1 });
  });

  it('that was refused for a binary message is told of nothing more but its end', async () => {
    const closed = closing();
    start('right');
    socket.send(Buffer.of(1, 2, 3));
    media(0, new Uint8Array(FRAME_SAMPLES).fill(0x80));
    await closed;
    await until(() => told.includes('end'));
    expect(told).toEqual(['end']);
    expect(clock.timers()).toBe(0);
  });

  it('that sends nothing within 5 seconds is closed with the reason', async () => {
    await until(() => clock.timers() === 2);
    const closed = closing();
    clock.advance(5000);
    expect(await closed).toEqual([1008, 'No start message within 5 s']);
    expect(counts.startTimeout).toBe(1);
  });

  it('survives broken messages, counts them and goes on', async () => {
    start('right');
    for (const broken of ['{', '[]', '{"event":"explode"}', '{"event":"media"}', 'null'])
      say(broken);
    say({ event: 'media', media: { timestamp: '0', payload: '!!!!' } });
    start('right');
    media(0, new Uint8Array(FRAME_SAMPLES).fill(0x80));
    await until(() => told.length === 1);
    expect(counts.malformedMessage).toBe(6);
    expect(counts.badBase64).toBe(1);
  });

  it('is closed by a binary message', async () => {
    start('right');
    socket.send(Buffer.of(1, 2, 3));
    expect(await closing()).toEqual([1003, 'Text messages only']);
    await until(() => told.includes('end'));
  });

  it('is closed by a message over 64 KiB, which costs this socket only', async () => {
    start('right');
    say('x'.repeat(FRAME_LIMIT_BYTES + 1));
    expect((await closing())[0]).toBe(1009);
    await until(() => told.includes('end'));
    expect(counts.oversizedFrame).toBe(1);
  });

  it('that falls silent is cut, for Twilio never does', async () => {
    start('right');
    await until(() => stream !== undefined);
    clock.advance(10_000);
    media(0, new Uint8Array(FRAME_SAMPLES).fill(0x80));
    await until(() => told.length === 1);
    clock.advance(10_000);
    expect(told).not.toContain('end');
    clock.advance(10_000);
    await until(() => told.includes('end'));
    expect(clock.timers()).toBe(0);
  });

  it('ends once, also when the socket dies', async () => {
    start('right');
    await until(() => stream !== undefined);
    socket.terminate();
    await until(() => told.includes('end'));
    expect(told).toEqual(['end']);
    expect(stream?.send(new Uint8Array(FRAME_SAMPLES))).toBe(false);
  });
});
