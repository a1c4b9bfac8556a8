import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { CallFact } from '../../electron/core/events.ts';
import { testTones } from '../../electron/practice/people/test-tones.ts';
import { testPerson } from '../practice/people.ts';
import { signedUpgrade } from '../support/signed-request.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { amplitudeAt, joinFrames } from '../support/tones.ts';
import { until } from '../support/until.ts';
import { openPracticeHarness, type PracticeHarness } from './practice-harness.ts';

const terry = testPerson();

let harness: PracticeHarness;
let sockets: Socket[];

const onSocket = (message: unknown): void => {
  sockets.push((message as { readonly socket: Socket }).socket);
};

beforeEach(async () => {
  sockets = [];
  subscribe('net.server.socket', onSocket);
  harness = await openPracticeHarness({ people: [terry, ...testTones], speed: 5 });
});

afterEach(async () => {
  unsubscribe('net.server.socket', onSocket);
  await harness.close();
});

const count = (event: CallFact['event']): number =>
  harness.facts.filter(fact => fact.event === event).length;

const framesOf = (id: string): number => harness.frames.get(id)?.length ?? 0;

/** Calls somebody and waits for their sound. @returns the call's two names */
async function connect(number = terry.number): Promise<{ id: string; sid: string }> {
  const id = await harness.dial(number);
  return { id, sid: await harness.connected(id) };
}

describe('a stream', () => {
  it('that loses its socket comes back without ending the call', async () => {
    const { id } = await connect();
    await until(() => framesOf(id) > 10);
    for (const socket of sockets) if (socket.localPort === harness.line.port) socket.destroy();
    await until(() => count('stream-started') === 2);
    const received = framesOf(id);
    await until(() => framesOf(id) > received + 10);
    expect(harness.told().slice(-3)).toEqual([
      'stream-started',
      'stream-stopped',
      'stream-started',
    ]);
    expect(new Set(harness.facts.map(({ callId }) => callId))).toEqual(new Set([id]));
  });

  it('is refused with the token of another call', async () => {
    const { origin, practice, line } = harness;
    const [one, other] = [await connect(), await connect()];
    const reply = await harness.post(`/voice/webhook?callId=${one.id}&resume=99`, {
      CallSid: one.sid,
      CallStatus: 'in-progress',
      Direction: 'outbound-api',
    });
    const token = /name="token" value="([^"]+)"/.exec(await reply.text())?.[1] ?? '';
    const url = `${origin.replace('http', 'ws')}/voice/stream`;
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
    // The other end takes the stream back that was taken from it.
    await until(() => count('stream-started') >= 3);
  });
});

describe('ten calls at once', () => {
  it('do not mix', async () => {
    const ten = testTones.slice(0, 10);
    const ids = await Promise.all(ten.map(({ number }) => harness.dial(number)));
    const enough = 50 * 5;
    await until(() => ids.every(id => framesOf(id) >= enough));
    for (const [index, id] of ids.entries()) {
      const received = harness.frames.get(id) ?? [];
      const latest = joinFrames(received.slice(enough - 120, enough));
      const strengths = ten.map((_, other) => amplitudeAt(latest, 300 + 50 * other));
      const own = strengths[index] ?? 0;
      expect(own).toBeGreaterThan(2000);
      const others = strengths.filter((_, other) => other !== index);
      expect(Math.max(...others)).toBeLessThan(own / 20);
    }
  });
});

describe('keys that are pressed on a call', () => {
  it('are told one by one', async () => {
    const { sid } = await connect();
    harness.practice.sendDigits(sid, '12');
    await until(() => count('digits-received') === 2);
    const digits = harness.facts.flatMap(fact =>
      fact.event === 'digits-received' ? [fact.digits] : [],
    );
    expect(digits).toEqual(['1', '2']);
  });
});

describe('a call that Twilio records', () => {
  it('is recorded by the name it has here, until it ends and after', async () => {
    const told: string[] = [];
    await harness.close();
    harness = await openPracticeHarness({
      people: [terry],
      speed: 5,
      ports: { onRecording: ({ recordingSid, status }) => told.push(`${recordingSid} ${status}`) },
    });
    const { line, practice } = harness;
    const { id, sid } = await connect();
    const recording = await line.recordings.start(id);
    await until(() => framesOf(id) > 30);
    practice.farHangUp(sid);
    await until(() => told.length > 0);
    expect(told).toEqual([`${recording} completed`]);
    await until(harness.hasEnded);
    await line.recordings.stop(id, recording);
    const path = join(tempFolder(), 'call.wav');
    const { durationMs } = await line.recordings.fetch(recording, path);
    expect(durationMs).toBeGreaterThan(400);
    await expect(line.recordings.start(id)).rejects.toMatchObject({
      problem: { kind: 'no-such-call' },
    });
  });
});

describe('closing the line', () => {
  const reasons = (): string[] =>
    harness.facts.flatMap(fact => (fact.event === 'call-ended' ? [fact.reason] : []));

  it('hangs up what is live and declines what rings', async () => {
    const { line, practice, rest } = harness;
    const live = await connect();
    const { callSid } = await practice.ringIn();
    await until(() => count('call-ringing') === 2);
    await line.close();
    expect(reasons().sort()).toEqual(['declined', 'hung-up-here']);
    expect((await rest.fetch(live.sid))?.status).toBe('completed');
    await expect.poll(async () => (await rest.fetch(callSid))?.status).toBe('busy');
    expect(practice.alerts()).toEqual([]);
  });
});

describe('a line that is opened again', () => {
  it('fetches a live call back from the line that is gone', async () => {
    const { practice } = harness;
    const { id, sid } = await connect();
    const again = await harness.openAnother();
    await again.restore([
      {
        id: `${id}-again`,
        sid,
        direction: 'outbound',
        kind: 'direct',
        them: { number: terry.number, name: terry.name },
        ours: practice.number,
        startedAt: 1,
        answeredAt: 2,
        lastSeenAt: 3,
      },
    ]);
    await until(() => framesOf(`${id}-again`) > 10);
    expect(practice.alerts()).toEqual([]);
  });
});
