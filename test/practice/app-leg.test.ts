import { describe, expect, it } from 'vitest';
import { people } from '../../electron/practice/people/people.ts';
import { tone } from '../../electron/practice/tone.ts';
import { fastClock } from './fast-clock.ts';
import {
  bestShareOf,
  ends,
  eventually,
  type Fixture,
  openLine,
  response,
  streamTo,
} from './fixture.ts';
import { testPerson } from './people.ts';
import type { StreamPeer } from './stream-peer.ts';
import { wavFile } from './wav-file.ts';

const HUMS = testPerson({
  script: [{ do: 'repeat', times: 3600, steps: [{ do: 'tone', hz: 700, ms: 1000 }] }],
});

/** How strong a frequency is in the latest two seconds. */
function latestShareOf(hz: number, samples: Int16Array | null = null): number {
  return bestShareOf(hz, (samples ?? new Int16Array()).subarray(-16_000));
}

/** The first person hums in a conference named `room`, which an application of the app's may join. */
async function withRoom() {
  // A conference has a clock of its own: on one that runs too fast sound is lost between the two.
  const line = await openLine([HUMS], fastClock(5));
  const voiceUrl = line.app.on('/seat', response(streamTo(line.app, '/seat-stream')));
  const application = await line.client.applications.create({ friendlyName: 'Seat', voiceUrl });
  const { sid } = await line.call('<Dial><Conference beep="false">room</Conference></Dial>');
  const conference = await eventually(async () => {
    const [found] = await line.client.conferences.list({ friendlyName: 'room' });
    expect(found).toBeDefined();
    return found?.sid ?? '';
  });
  const seat = (to = `app:${application.sid}?mode=listen&monitor_id=m1`, more = {}) =>
    line.client.conferences(conference).participants.create({
      from: line.line.number,
      to,
      beep: 'false',
      jitterBufferSize: 'small',
      ...more,
    });
  return { ...line, application, caller: sid, conference, seat };
}

function streamOf({ app }: Fixture): Promise<StreamPeer> {
  return eventually(() => {
    const peer = app.streams.find(({ streamSid }) => streamSid !== '');
    if (peer === undefined) throw new Error('No stream yet');
    return peer;
  });
}

// Sound on a clock that runs many times too fast: a busy computer may lose some of it.
describe('a leg to an application', { retry: 2 }, () => {
  it('asks its VoiceUrl with the parameters of the address, signed like any webhook', async () => {
    const room = await withRoom();
    const { callSid, label } = await room.seat(undefined, { label: 'seat-desk' });
    expect(label).toBe('seat-desk');
    await eventually(() => expect(room.app.requests('/seat')).toHaveLength(1));
    const [asked] = room.app.requests('/seat');
    expect(asked?.params).toMatchObject({
      CallSid: callSid,
      From: room.line.number,
      To: `app:${room.application.sid}`,
      Direction: 'outbound-api',
      ApplicationSid: room.application.sid,
      mode: 'listen',
      monitor_id: 'm1',
    });
    expect(asked?.signature).not.toBe('');
  });

  it('streams what the conference says to it, and says there what the app sends', async () => {
    const room = await withRoom();
    const { callSid } = await room.seat();
    const peer = await streamOf(room);
    expect(peer.messages[1]).toMatchObject({ start: { callSid, tracks: ['inbound'] } });
    await eventually(() => expect(latestShareOf(700, peer.heard())).toBeGreaterThan(0.7));
    expect(latestShareOf(700, room.line.heardBy(callSid))).toBeGreaterThan(0.7);
    peer.play(tone([1200], 4000));
    peer.mark('said');
    await eventually(() => expect(peer.marks()).toEqual(['said']));
    await eventually(() => {
      expect(latestShareOf(1200, room.line.heardBy(room.caller))).toBeGreaterThan(0.7);
    });
    expect(latestShareOf(1200, room.line.saidBy(callSid))).toBeGreaterThan(0.7);
    expect(latestShareOf(1200, peer.heard())).toBeLessThan(0.1);
  });

  it('drops at a clear what it has not said yet', async () => {
    const room = await withRoom();
    await room.seat();
    const peer = await streamOf(room);
    peer.play(tone([1200], 60_000));
    peer.mark('never reached');
    await eventually(() => {
      expect(latestShareOf(1200, room.line.heardBy(room.caller))).toBeGreaterThan(0.7);
    });
    peer.clear();
    await eventually(() => expect(peer.marks()).toEqual(['never reached']));
    const from = (room.line.heardBy(room.caller)?.length ?? 0) + 8000;
    await eventually(() => {
      const since = (room.line.heardBy(room.caller) ?? new Int16Array()).subarray(from);
      expect(since.length).toBeGreaterThan(8000);
      expect(since.every(sample => sample === 0)).toBe(true);
    });
  });

  it.each([
    ['is taken out of the conference', 'kick'],
    ['is ended by REST', 'end'],
    ['is in a conference that ends', 'conference'],
  ] as const)('stops its stream when it %s', async (_, way) => {
    const room = await withRoom();
    const { callSid } = await room.seat();
    const peer = await streamOf(room);
    const conference = room.client.conferences(room.conference);
    if (way === 'kick') await conference.participants(callSid).remove();
    else if (way === 'end') await room.client.calls(callSid).update({ status: 'completed' });
    else await conference.update({ status: 'completed' });
    await eventually(() => expect(peer.messages.at(-1)?.event).toBe('stop'));
    await ends(room, callSid, 'completed');
  });

  it('is over when the app closes the stream and its TwiML has no more verbs', async () => {
    const room = await withRoom();
    const { callSid } = await room.seat();
    const peer = await streamOf(room);
    peer.socket.close(1000);
    await ends(room, callSid, 'completed');
    expect(await room.status(room.caller)).toBe('in-progress');
  });

  it('can be called like a person', async () => {
    const line = await openLine([HUMS]);
    const voiceUrl = line.app.on(
      '/seat',
      response(`<Play>${line.app.on('/hum.wav', wavFile(tone([500], 2000), 8000))}</Play>`),
    );
    const { sid } = await line.client.applications.create({ voiceUrl });
    const call = await line.call('<Pause length="600"/>', { to: `app:${sid}` });
    expect(call.to).toBe(`app:${sid}`);
    await ends(line, call.sid, 'completed');
    expect(bestShareOf(500, line.line.saidBy(call.sid) ?? new Int16Array())).toBeGreaterThan(0.7);
  });

  it('is refused for an unknown application, and when none is taken', async () => {
    const room = await withRoom();
    const refusal = { status: 400, code: 21218 };
    await expect(room.seat(`app:AP${'0'.repeat(32)}`)).rejects.toMatchObject(refusal);
    room.line.pretend({ appRefused: true });
    await expect(room.seat()).rejects.toMatchObject(refusal);
    room.line.pretend({ appRefused: false });
    expect(await room.seat()).toMatchObject({ status: 'queued' });
  });

  it('fails without a VoiceUrl, as it does when the application rejects', async () => {
    const room = await withRoom();
    const silent = await room.client.applications.create({ friendlyName: 'Silent' });
    const first = await room.seat(`app:${silent.sid}`);
    await ends(room, first.callSid, 'failed');
    const voiceUrl = room.app.on('/no', response('<Reject reason="busy"/>'));
    await room.client.applications(silent.sid).update({ voiceUrl });
    const second = await room.seat(`app:${silent.sid}`);
    await ends(room, second.callSid, 'busy');
  });
});

describe('a leg to a number of ours', { retry: 2 }, () => {
  it('rings in there, and its TwiML speaks at the far end', async () => {
    const room = await withRoom();
    const [number] = await room.client.incomingPhoneNumbers.list();
    await room.client
      .incomingPhoneNumbers(number?.sid ?? '')
      .update({ voiceUrl: `${room.app.url}/seat` });
    const { callSid } = await room.seat(room.line.number, { from: room.line.numbers[1] });
    const peer = await streamOf(room);
    const [inbound] = await room.client.calls.list({ to: room.line.number });
    const ghost = (await room.client.calls.list()).find(call => call.direction === 'inbound');
    expect(inbound?.to).toBe(room.line.number);
    expect(ghost).toMatchObject({ from: room.line.numbers[1], status: 'in-progress' });
    expect(ghost?.sid).not.toBe(callSid);
    expect(peer.messages[1]).toMatchObject({ start: { callSid: ghost?.sid } });
    await eventually(() => expect(latestShareOf(700, peer.heard())).toBeGreaterThan(0.7));
    await room.client.conferences(room.conference).participants(callSid).remove();
    await ends(room, ghost?.sid ?? '', 'completed');
    expect(peer.messages.at(-1)?.event).toBe('stop');
  });

  it('is answered by the application of the number', async () => {
    const room = await withRoom();
    const [number] = await room.client.incomingPhoneNumbers.list();
    await room.client
      .incomingPhoneNumbers(number?.sid ?? '')
      .update({ voiceApplicationSid: room.application.sid });
    await room.line.ringIn(HUMS.number);
    expect((await streamOf(room)).path).toBe('/seat-stream');
  });
});

it('reaches people by client and SIP addresses', async () => {
  const line = await openLine(people);
  for (const to of ['client:maria', 'sip:tom@desk.example']) {
    const call = await line.call('<Pause length="600"/>', { to });
    expect(call.to).toBe(to);
    await eventually(async () => expect(await line.status(call.sid)).toBe('in-progress'));
  }
  const nobody = await line.call('<Pause length="600"/>', { to: 'client:nobody' });
  await ends(line, nobody.sid, 'failed');
});
