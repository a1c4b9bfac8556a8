import { describe, expect, it } from 'vitest';
import { decodeMulaw } from '../../electron/core/audio/mulaw.ts';
import { people } from '../../electron/practice/people/people.ts';
import { fastClock } from './fast-clock.ts';
import { bestShareOf, ends, eventually, type Fixture, openLine } from './fixture.ts';
import { testPerson } from './people.ts';
import type { StreamPeer } from './stream-peer.ts';

async function liveCall(line: Fixture, twiml = '<Pause length="600"/>'): Promise<string> {
  const { sid } = await line.call(twiml);
  await eventually(async () => expect(await line.status(sid)).toBe('in-progress'));
  return sid;
}

function begin(line: Fixture, sid: string) {
  return line.client.calls(sid).streams.create({
    url: `${line.app.streamUrl}/ear`,
    track: 'both_tracks',
    statusCallback: line.app.on('/stream', { status: 204 }),
  });
}

/** The latest two seconds of a track. */
function heardOn(peer: StreamPeer | undefined, track: string): Int16Array {
  const media = peer?.ofEvent('media').filter(message => message.media?.track === track) ?? [];
  const parts = media
    .slice(-100)
    .map(message => decodeMulaw(Buffer.from(message.media?.payload ?? '', 'base64')));
  return Int16Array.from(parts.flatMap(part => [...part]));
}

// Sound on a clock that runs many times too fast: a busy computer may lose some of it.
describe('a stream of a participant', { retry: 2 }, () => {
  it('carries what they say, and apart from it what the conference says to them', async () => {
    // A conference has a clock of its own: on one that runs too fast sound is lost between the two.
    const line = await openLine(people, fastClock(5));
    const from = line.line.number;
    const room = line.client.conferences('room').participants;
    const { callSid } = await room.create({ from, to: '+14155550180', beep: 'false' });
    await room.create({ from, to: '+14155550188', beep: 'false' });
    await eventually(async () => expect(await line.status(callSid)).toBe('in-progress'));
    const stream = await begin(line, callSid);
    await eventually(() => {
      const [peer] = line.app.streams;
      expect(bestShareOf(300, heardOn(peer, 'inbound'))).toBeGreaterThan(0.7);
      expect(bestShareOf(700, heardOn(peer, 'outbound'))).toBeGreaterThan(0.7);
    });
    const [peer] = line.app.streams;
    expect(bestShareOf(300, heardOn(peer, 'outbound'))).toBeLessThan(0.2);
    for (const track of ['inbound', 'outbound']) {
      const own = peer?.ofEvent('media').filter(message => message.media?.track === track) ?? [];
      expect(own.map(message => Number(message.media?.timestamp))).toEqual(
        own.map((_, index) => index * 20),
      );
    }
    await line.client.calls(callSid).streams(stream.sid).update({ status: 'stopped' });
    await eventually(() =>
      expect(line.app.requests('/stream').map(({ params }) => params['StreamEvent'])).toEqual([
        'stream-started',
        'stream-stopped',
      ]),
    );
    expect(peer?.messages.at(-1)?.event).toBe('stop');
    expect(await line.status(callSid)).toBe('in-progress');
  });
});

it.each([
  [31920, ['stream-error']],
  [31921, ['stream-started', 'stream-error']],
] as const)('fails with %i while that is pretended', async (streamError, events) => {
  const line = await openLine();
  const sid = await liveCall(line);
  line.line.pretend({ streamError });
  const { sid: streamSid } = await begin(line, sid);
  const told = () => line.app.requests('/stream').map(({ params }) => params);
  await eventually(() => expect(told().map(params => params['StreamEvent'])).toEqual([...events]));
  expect(told().at(-1)).toMatchObject({
    StreamSid: streamSid,
    StreamError: expect.stringContaining('WebSocket'),
  });
  expect(line.line.alerts()).toMatchObject([{ code: streamError }]);
  expect(await line.status(sid)).toBe('in-progress');
  line.line.pretend({ streamError: null });
  await begin(line, sid);
  await eventually(() => expect(told().at(-1)?.['StreamEvent']).toBe('stream-started'));
});

it('is refused with 21220 on a call that rings or is over', async () => {
  const line = await openLine([testPerson({ pickUp: { does: 'ring-out' } })]);
  const { sid } = await line.call('<Pause length="600"/>');
  await expect(begin(line, sid)).rejects.toMatchObject({ status: 400, code: 21220 });
  await line.client.calls(sid).update({ status: 'completed' });
  await ends(line, sid, 'canceled');
  await expect(begin(line, sid)).rejects.toMatchObject({ status: 400, code: 21220 });
  await expect(begin(line, `CA${'0'.repeat(32)}`)).rejects.toMatchObject({ code: 20404 });
});
