import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { OutgoingLeg } from '../../electron/audio/outgoing-leg.ts';
import { FRAME_SAMPLES } from '../../electron/core/audio/frame.ts';
import { decodeMulaw, encodeMulaw } from '../../electron/core/audio/mulaw.ts';
import { LineMessages, parseAppMessage } from '../../electron/practice/media-messages.ts';
import { Playout } from '../../electron/practice/playout.ts';
import { noFaults } from '../../electron/twilio/limits.ts';
import { serveMediaStream } from '../../electron/twilio/media-stream.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';
import { quietLog } from '../support/quiet-log.ts';

const MICROPHONE = 0xc0;

let clock: FakeClock;
let server: WebSocketServer;
let line: WebSocket;
let playout: Playout;
let leg: OutgoingLeg;
/** What the line was sent, in words. */
let told: string[];
/** The first byte of each frame the other side heard. */
let heard: number[];

beforeEach(async () => {
  clock = fakeClock();
  told = [];
  heard = [];
  leg = new OutgoingLeg(clock, () => {});
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', socket =>
    serveMediaStream(socket, {
      clock,
      log: quietLog,
      counts: noFaults(),
      passOf: () => ({ callId: 'call-a', purpose: 'talk' }),
      accept: stream => {
        leg.connect(stream);
        return {
          onSound: () => {},
          onDigit: () => {},
          onMark: name => leg.marked(name),
          onEnd: () => leg.disconnect(stream),
        };
      },
    }),
  );
  await once(server, 'listening');
  await openLine();
});

afterEach(() => {
  leg.close();
  line.terminate();
  server.close();
});

/** The practice line's end of a stream. */
async function openLine(): Promise<void> {
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const messages = new LineMessages({
    accountSid: 'AC1',
    callSid: 'CA1',
    streamSid: 'MZ1',
    tracks: ['inbound'],
  });
  const buffer = new Playout(name => socket.send(messages.mark(name)));
  socket.on('message', data => {
    const message = parseAppMessage(String(data));
    told.push(message?.event ?? 'malformed');
    if (message?.event === 'clear') buffer.clear();
    else if (message?.event === 'mark') buffer.mark(message.name);
    else if (message !== undefined) buffer.push(decodeMulaw(message.payload));
  });
  await once(socket, 'open');
  socket.send(messages.connected());
  socket.send(messages.start({ token: 'any' }));
  line = socket;
  playout = buffer;
  await settle();
}

/** Waits until all that was sent has arrived, and the marks that came of it. */
async function settle(): Promise<void> {
  for (let way = 0; way < 2; way += 1) {
    line.ping();
    await once(line, 'pong');
  }
}

/** Lets the line play so many frames, in time. */
async function listen(frames: number): Promise<void> {
  for (let i = 0; i < frames; i += 1) {
    clock.advance(10);
    await settle();
    const frame = playout.next();
    if (frame.some(sample => sample !== 0)) heard.push(byteOf(frame[0] ?? 0));
    clock.advance(10);
  }
  await settle();
}

function byteOf(sample: number): number {
  return encodeMulaw(Int16Array.of(sample))[0] ?? 0;
}

/** A clip whose frames are told apart by their bytes: 0x80, 0x81 and on. */
function clip(frames: number): Int16Array {
  return decodeMulaw(
    Uint8Array.from(
      { length: frames * FRAME_SAMPLES },
      (_, i) => 0x80 + Math.floor(i / FRAME_SAMPLES),
    ),
  );
}

const spoken = (): Int16Array => decodeMulaw(new Uint8Array(FRAME_SAMPLES).fill(MICROPHONE));

const bytes = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => 0x80 + first + i);

describe('sound sent on a stream', () => {
  it('is heard whole by the other side, and told of once it was', async () => {
    const played: boolean[] = [];
    leg.playClip(clip(10), whole => played.push(whole));
    await listen(9);
    expect(played).toEqual([]);
    await listen(2);
    expect(heard).toEqual(bytes(0, 10));
    expect(played).toEqual([true]);
    expect(told).toEqual([...Array<string>(10).fill('media'), 'mark']);
  });

  it('is taken back where it was the microphone, and the clip behind it heard whole', async () => {
    const played: boolean[] = [];
    for (let i = 0; i < 2; i += 1) leg.speak(spoken());
    leg.playClip(clip(6), whole => played.push(whole));
    await listen(1);
    leg.hush();
    await listen(10);
    expect(heard).toEqual([MICROPHONE, ...bytes(0, 6)]);
    expect(told.filter(word => word === 'clear')).toHaveLength(1);
    expect(played).toEqual([true]);
  });

  it('is cut off at once, and the marks the line returns for that are not taken for heard', async () => {
    const played: boolean[] = [];
    leg.playClip(clip(3), whole => played.push(whole));
    leg.playClip(clip(30), whole => played.push(whole));
    await listen(2);
    leg.stopClips();
    await listen(5);
    expect(heard).toEqual(bytes(0, 2));
    expect(played).toEqual([false, false]);
  });

  it('goes on where it was on the next stream', async () => {
    const played: boolean[] = [];
    leg.playClip(clip(8), whole => played.push(whole));
    await listen(4);
    await openLine();
    await listen(6);
    expect(heard).toEqual(bytes(0, 8));
    expect(played).toEqual([true]);
  });

  it('waits in a jam when it is a clip, and is left out when it is speech', async () => {
    line.pause();
    const [socket] = server.clients;
    // More than the sockets of both sides take in.
    socket?.send(Buffer.alloc(8 * 1024 * 1024));
    leg.playClip(clip(4));
    leg.speak(spoken());
    clock.advance(200);
    expect(leg.unsentFrames).toBe(1);
    line.resume();
    await settle();
    await listen(6);
    expect(heard).toEqual(bytes(0, 4));
    expect(told.filter(word => word === 'malformed')).toHaveLength(1);
  });
});
