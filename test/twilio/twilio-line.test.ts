import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { CallFact } from '../../electron/core/events.ts';
import { testTones } from '../../electron/practice/people/test-tones.ts';
import { createPracticeLine, type PracticeLine } from '../../electron/practice/practice-line.ts';
import {
  openTwilioLine,
  type TwilioLine,
  type TwilioLinePorts,
} from '../../electron/twilio/twilio-line.ts';
import { fastClock } from '../practice/fast-clock.ts';
import { testPerson } from '../practice/people.ts';
import { createTwilioClient } from '../practice/twilio-client.ts';
import { quietLog } from '../support/quiet-log.ts';
import { postSigned, signedUpgrade } from '../support/signed-request.ts';
import { amplitudeAt, joinFrames } from '../support/tones.ts';
import { until } from '../support/until.ts';

vi.setConfig({ testTimeout: 30_000 });

const SPEED = 5;

const terry = testPerson();
const clock = fastClock(SPEED);

let practice: PracticeLine;
let line: TwilioLine;
let facts: CallFact[];
let frames: Map<string, Int16Array[]>;
let sockets: Socket[];

const onSocket = (message: unknown): void => {
  sockets.push((message as { readonly socket: Socket }).socket);
};

async function openLine(ports: Partial<TwilioLinePorts> = {}): Promise<TwilioLine> {
  let ids = 0;
  return openTwilioLine({
    clock,
    log: quietLog,
    account: practice,
    number: practice.number,
    port: 0,
    host: '127.0.0.1',
    publicUrl: null,
    pointNumber: true,
    newCallId: () => `call-${++ids}`,
    emit: fact => facts.push(fact),
    onProblem: () => {},
    connectSound: ({ callId }) => {
      const received = frames.get(callId) ?? [];
      frames.set(callId, received);
      return { onFrame: (_, frame) => received.push(frame), onEnd: () => {} };
    },
    ...ports,
  });
}

beforeEach(async () => {
  facts = [];
  frames = new Map();
  sockets = [];
  subscribe('net.server.socket', onSocket);
  practice = await createPracticeLine({ clock, log: quietLog, people: [terry, ...testTones] });
});

afterEach(async () => {
  unsubscribe('net.server.socket', onSocket);
  await line.close();
  await practice.close();
});

const count = (event: CallFact['event']): number =>
  facts.filter(fact => fact.event === event).length;

const reasons = (): string[] =>
  facts.flatMap(fact => (fact.event === 'call-ended' ? [fact.reason] : []));

/** Calls somebody and waits for their sound. @returns the call's two names */
async function connect(number = terry.number): Promise<{ id: string; sid: string }> {
  const streams = count('stream-started');
  const id = await line.dial({ number, name: null }, practice.number);
  await until(() => count('stream-started') > streams);
  const named = facts.find(fact => fact.event === 'call-named' && fact.callId === id);
  return { id, sid: named?.event === 'call-named' ? named.callSid : '' };
}

describe('a stream', () => {
  it('that loses its socket comes back without ending the call', async () => {
    line = await openLine();
    const { id } = await connect();
    await until(() => (frames.get(id)?.length ?? 0) > 10);
    for (const socket of sockets) if (socket.localPort === line.port) socket.destroy();
    await until(() => count('stream-started') === 2);
    const received = frames.get(id)?.length ?? 0;
    await until(() => (frames.get(id)?.length ?? 0) > received + 10);
    expect(facts.slice(-3).map(({ event }) => event)).toEqual([
      'stream-started',
      'stream-stopped',
      'stream-started',
    ]);
    expect(new Set(facts.map(({ callId }) => callId))).toEqual(new Set([id]));
  });

  it('is refused with the token of another call', async () => {
    line = await openLine();
    const [one, other] = [await connect(), await connect()];
    const reply = await postSigned(
      `${line.publicUrl}/voice/webhook?callId=${one.id}`,
      { CallSid: one.sid, CallStatus: 'in-progress', Direction: 'outbound-api' },
      practice.authToken,
    );
    const token = /name="token" value="([^"]+)"/.exec(await reply.text())?.[1] ?? '';
    const url = `${line.publicUrl.replace('http', 'ws')}/voice/stream`;
    const stream = async (callSid: string): Promise<WebSocket> => {
      const socket = new WebSocket(url, { headers: signedUpgrade(url, practice.authToken) });
      await once(socket, 'open');
      const start = { streamSid: 'MZ1', callSid, customParameters: { token } };
      socket.send(JSON.stringify({ event: 'start', start }));
      return socket;
    };
    const [code] = await once(await stream(other.sid), 'close');
    expect(code).toBe(1008);
    expect(line.faults.streamToken).toBe(1);
    expect(count('stream-started')).toBe(2);
    await stream(one.sid);
    await until(() => count('stream-started') === 3);
  });
});

describe('ten calls at once', () => {
  it('do not mix', async () => {
    line = await openLine();
    const ten = testTones.slice(0, 10);
    const ids = await Promise.all(
      ten.map(({ number }) => line.dial({ number, name: null }, practice.number)),
    );
    const enough = 50 * 5;
    await until(() => ids.every(id => (frames.get(id)?.length ?? 0) >= enough), 15_000);
    for (const [index, id] of ids.entries()) {
      const latest = joinFrames((frames.get(id) ?? []).slice(enough - 120, enough));
      const strengths = ten.map((_, other) => amplitudeAt(latest, 300 + 50 * other));
      const own = strengths[index] ?? 0;
      expect(own).toBeGreaterThan(2000);
      const others = strengths.filter((_, other) => other !== index);
      expect(Math.max(...others)).toBeLessThan(own / 20);
    }
  });
});

describe('closing the line', () => {
  it('hangs up and gives the number back where it went before', async () => {
    const client = createTwilioClient(practice);
    const webhooks = async () => {
      const [number] = await client.incomingPhoneNumbers.list();
      return { sid: number?.sid ?? '', urls: [number?.voiceUrl, number?.statusCallback] };
    };
    const before = ['http://127.0.0.1:9/voice', 'http://127.0.0.1:9/status'];
    const { sid } = await webhooks();
    const [voiceUrl = '', statusCallback = ''] = before;
    await client.incomingPhoneNumbers(sid).update({ voiceUrl, statusCallback });
    line = await openLine();
    expect((await webhooks()).urls).toEqual([
      `${line.publicUrl}/voice/webhook`,
      `${line.publicUrl}/voice/status`,
    ]);
    const live = await connect();
    await practice.ringIn();
    await until(() => count('call-ringing') === 2);
    await line.close();
    expect((await webhooks()).urls).toEqual(before);
    expect(reasons().sort()).toEqual(['declined', 'hung-up-here']);
    expect((await client.calls(live.sid).fetch()).status).toBe('completed');
  });

  it('declines a call that rings, even where the number is not given back', async () => {
    line = await openLine({ pointNumber: false });
    const client = createTwilioClient(practice);
    const [number] = await client.incomingPhoneNumbers.list();
    const voiceUrl = `${line.publicUrl}/voice/webhook`;
    await client.incomingPhoneNumbers(number?.sid ?? '').update({ voiceUrl });
    const { callSid } = await practice.ringIn();
    await until(() => count('call-ringing') === 1);
    await line.close();
    expect(reasons()).toEqual(['declined']);
    await vi.waitFor(async () => expect((await client.calls(callSid).fetch()).status).toBe('busy'));
    expect(practice.alerts()).toEqual([]);
  });
});
