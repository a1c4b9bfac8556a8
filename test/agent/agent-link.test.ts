import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connectAgent } from '../../electron/agent/agent-link.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { quietLog } from '../support/quiet-log.ts';
import { until } from '../support/until.ts';
import { startAgentServer } from './agent-server.ts';

const FRAME = new Uint8Array(160).fill(7);

/** A link, its clock, and what it told. */
function openLink(url: string) {
  const clock = fakeClock();
  const told: string[] = [];
  const sounds: Uint8Array[] = [];
  const warned: object[] = [];
  const taken = { sound: true, mark: true };
  const warn = (what: object): void => void warned.push(what);
  const link = connectAgent(url, {
    clock,
    log: { ...quietLog, warn } as typeof quietLog,
    call: { accountSid: null, callSid: 'CA1', streamSid: 'MZ1', parameters: { to: 'us' } },
    onSound: mulaw => {
      sounds.push(mulaw);
      told.push('sound');
      return taken.sound;
    },
    onMark: name => {
      told.push(name);
      return taken.mark;
    },
    onClear: () => told.push('clear'),
    onOpen: () => told.push('open'),
    onLost: () => told.push('lost'),
  });
  onTestFinished(() => link.close());
  return { clock, link, told, sounds, warned, taken };
}

/** A link that is connected with a program. */
async function openBoth() {
  const server = await startAgentServer();
  const rig = openLink(server.url);
  const peer = await server.peer();
  await until(() => rig.told.includes('open'));
  return { ...rig, peer };
}

describe('a link with the program of an agent', () => {
  it('brings it the caller in time since it began, numbered without a gap', async () => {
    const server = await startAgentServer();
    const { clock, link, told } = openLink(server.url);
    link.hear(100, FRAME);
    link.press('9');
    const peer = await server.peer();
    await until(() => told.includes('open'));
    clock.advance(40);
    link.hear(60_040, FRAME);
    link.hear(60_060, FRAME);
    link.press('1#');
    await until(() => peer.ofEvent('dtmf').length === 2);
    expect(peer.ofEvent('media').map(({ media }) => media?.timestamp)).toEqual(['40', '60']);
    expect(peer.ofEvent('dtmf').map(({ dtmf }) => dtmf?.digit)).toEqual(['1', '#']);
    const numbers = peer.messages.slice(1).map(({ sequenceNumber }) => sequenceNumber);
    expect(numbers).toEqual(['1', '2', '3', '4', '5']);
  });

  it('tells what the program says, in order', async () => {
    const { peer, told, sounds, link } = await openBoth();
    peer.play(new Int16Array(333));
    peer.mark('a');
    peer.clear();
    await until(() => told.length === 4);
    expect(told).toEqual(['open', 'sound', 'a', 'clear']);
    expect(sounds[0]).toHaveLength(333);
    link.reached('a');
    await until(() => peer.marks().length === 1);
  });

  it('whispers only to a program that takes it, and knows what else it takes', async () => {
    const { peer, link, clock } = await openBoth();
    link.whisper(FRAME);
    peer.send({ event: 'accepts', accepts: ['whisper'] });
    await until(() => link.accepts('whisper'));
    expect(link.accepts('instruction')).toBe(false);
    clock.advance(500);
    link.whisper(FRAME);
    await until(() => peer.ofEvent('media').length > 0);
    expect(peer.ofEvent('media').map(({ media }) => media)).toMatchObject([
      { track: 'whisper', chunk: '1', timestamp: '500' },
    ]);
    link.instruct('Be brief.');
    await until(() => peer.ofEvent('instruction').length === 1);
  });

  it('takes ten minutes in one message', async () => {
    const { peer, sounds } = await openBoth();
    peer.play(new Int16Array(10 * 60 * 8000));
    await until(() => sounds.length === 1);
    expect(sounds[0]).toHaveLength(10 * 60 * 8000);
  });

  it('counts what it does not understand and what was left out, and goes on', async () => {
    const { peer, told, link, warned, taken } = await openBoth();
    taken.sound = false;
    taken.mark = false;
    for (const text of ['garbage', '{"event":"media"}', '[]']) peer.send(text);
    peer.socket.send(Buffer.from([1, 2]), { binary: true });
    peer.play(FRAME_SAMPLES);
    peer.mark('a');
    await until(() => told.includes('a'));
    expect(told).not.toContain('lost');
    link.close();
    expect(warned).toEqual([{ misunderstood: 4, leftOut: 2 }]);
  });

  it('says goodbye when it is closed, and tells nothing more', async () => {
    const { peer, told, link, clock } = await openBoth();
    link.close();
    link.close();
    link.hear(0, FRAME);
    peer.play(FRAME_SAMPLES);
    await until(() => peer.closeCode !== undefined);
    expect(peer.closeCode).toBe(1000);
    expect(peer.messages.at(-1)).toMatchObject({ event: 'stop', stop: { callSid: 'CA1' } });
    await until(() => clock.timers() === 0);
    expect(told).toEqual(['open']);
  });
});

const FRAME_SAMPLES = new Int16Array(160);

describe('a program is lost', () => {
  it('when nobody listens there', async () => {
    const { told, clock } = openLink('ws://127.0.0.1:1/');
    await until(() => told.length > 0);
    expect(told).toEqual(['lost']);
    expect(clock.timers()).toBe(0);
  });

  it('when it does not accept within five seconds', async () => {
    const server = createServer(socket => socket.on('error', () => {}));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { told, clock } = openLink(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await once(server, 'connection');
    clock.advance(4999);
    expect(told).toEqual([]);
    clock.advance(1);
    expect(told).toEqual(['lost']);
  });

  it('when it closes at once, told once', async () => {
    const { peer, told, link } = await openBoth();
    peer.socket.close(1011);
    await until(() => told.includes('lost'));
    link.reached('a');
    link.close();
    await wait(20);
    expect(told).toEqual(['open', 'lost']);
  });

  it('when it sends more than eight megabytes in one message', async () => {
    const { peer, told, warned } = await openBoth();
    peer.send('x'.repeat(8 * 1024 * 1024 + 1));
    await until(() => told.includes('lost'));
    expect(warned).toEqual([{ reason: 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' }]);
  });

  it('when it is silent and answers no ping', async () => {
    const { peer, told, clock } = await openBoth();
    for (let i = 0; i < 5; i += 1) {
      const ponged = once(peer.socket, 'ping');
      clock.advance(10_000);
      await ponged;
      peer.mark(`${i}`);
      await until(() => told.includes(`${i}`));
    }
    peer.socket.pause();
    clock.advance(10_000);
    expect(told).not.toContain('lost');
    clock.advance(10_000);
    expect(told).toContain('lost');
  });

  it('when it goes on asking and reads no answers', async () => {
    const { peer, told, link } = await openBoth();
    peer.socket.pause();
    const name = 'x'.repeat(200);
    for (let i = 0; i < 100_000 && !told.includes('lost'); i += 1) link.reached(name);
    expect(told).toContain('lost');
  });

  it('not when it is closed while it connects', async () => {
    const server = await startAgentServer();
    const { told, clock, link, warned } = openLink(server.url);
    link.close();
    await wait(50);
    expect([told, warned, clock.timers()]).toEqual([[], [], 0]);
  });
});

it('leaves out the caller when the program reads too slowly, and brings the rest in time', async () => {
  const { peer, link, clock } = await openBoth();
  peer.socket.pause();
  for (let i = 0; i < 200_000; i += 1) link.hear(20 * i, FRAME);
  expect(clock.timers()).toBeGreaterThan(0);
  peer.socket.resume();
  link.press('1');
  await until(() => peer.ofEvent('dtmf').length === 1);
  const heard = peer.ofEvent('media');
  expect(heard.length).toBeLessThan(100_000);
  expect(heard.map(({ media }) => Number(media?.chunk))).toEqual(heard.map((_, i) => i + 1));
});
