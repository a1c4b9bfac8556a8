import { expect, it } from 'vitest';
import type { Traffic } from '../../electron/practice/traffic.ts';
import { ends, eventually, openLine, response, streamTo } from './fixture.ts';

async function watched() {
  const line = await openLine();
  const seen: Traffic[] = [];
  line.line.traffic.on(traffic => seen.push(traffic));
  const kinds = (): string[] =>
    seen.map(traffic => (traffic.event === 'webhook-sent' ? traffic.kind : traffic.event));
  return { ...line, line, seen, kinds };
}

it('tells every step of a call and every request with its answer', async () => {
  const { line, seen, kinds } = await watched();
  const url = line.app.on('/voice', response(`${streamTo(line.app)}<Hangup/>`));
  const statusCallback = line.app.on('/status', { status: 204 });
  const { sid } = await line.call('', { twiml: undefined, url, statusCallback });
  await eventually(() => expect(kinds()).toContain('stream-started'));
  await eventually(() => expect(line.app.streams[0]?.streamSid).not.toBe(''));
  line.app.streams[0]?.socket.close(1000);
  await ends(line, sid, 'completed');
  await eventually(() => expect(kinds()).toContain('status'));
  expect(kinds()).toEqual([
    'call-ringing',
    'call-answered',
    'voice',
    'stream-started',
    'stream-stopped',
    'call-ended',
    'status',
  ]);
  expect(seen[2]).toMatchObject({ url, status: 200, twiml: expect.stringContaining('<Stream') });
});

it('tells what could not be sent, alerts and messages', async () => {
  const { line, seen, kinds } = await watched();
  const { sid } = await line.call('', { twiml: undefined, url: 'http://127.0.0.1:9/' });
  await ends(line, sid, 'failed');
  expect(seen).toContainEqual(expect.objectContaining({ kind: 'voice', status: null }));
  expect(kinds()).toContain('alert');
  await line.client.messages.create({ to: '+14155550121', from: line.line.number, body: 'Hi' });
  await eventually(() => expect(kinds()).toContain('message-sent'));
});
