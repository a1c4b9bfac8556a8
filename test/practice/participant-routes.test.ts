import { describe, expect, it } from 'vitest';
import { people } from '../../electron/practice/people/people.ts';
import { tone } from '../../electron/practice/tone.ts';
import { fastClock } from './fast-clock.ts';
import { bestShareOf, ends, eventually, type Fixture, openLine, response } from './fixture.ts';
import { wavFile } from './wav-file.ts';

const [CUSTOMER = '', AGENT = '', COACH = ''] = ['+14155550180', '+14155550184', '+14155550188'];
const CUSTOMER_HZ = 300;
const COACH_HZ = 700;

const NOTHING = new Int16Array();

/** Test tones in a conference begun by REST. */
async function withRoom(...tos: readonly string[]) {
  // A conference has a clock of its own: on one that runs too fast sound is lost between the two.
  const line = await openLine(people, fastClock(5));
  const from = line.line.number;
  const add = (to: string, more: Record<string, unknown> = {}, name = 'room-1') =>
    line.client.conferences(name).participants.create({ from, to, beep: 'false', ...more });
  const joined = [];
  for (const to of tos) joined.push(await add(to));
  const sid = joined[0]?.conferenceSid ?? '';
  const participants = line.client.conferences(sid).participants;
  const sids = joined.map(({ callSid }) => callSid);
  for (const callSid of sids) {
    await eventually(async () =>
      expect((await participants(callSid).fetch()).status).toBe('connected'),
    );
  }
  return { ...line, add, sid, participants, sids };
}

function hears(line: Fixture, callSid: string, hz: number): Promise<void> {
  return eventually(() => {
    const heard = line.line.heardBy(callSid) ?? NOTHING;
    expect(bestShareOf(hz, heard.subarray(-8000))).toBeGreaterThan(0.3);
  });
}

/** Waits for so much sound from now on, and gives it. */
async function heardNext(line: Fixture, callSid: string, samples = 16_000): Promise<Int16Array> {
  // What is on its way is let past.
  const from = (line.line.heardBy(callSid)?.length ?? 0) + 2400;
  return eventually(() => {
    const heard = line.line.heardBy(callSid) ?? NOTHING;
    expect(heard.length).toBeGreaterThan(from + samples);
    return heard.subarray(from);
  });
}

describe('calling somebody into a conference', () => {
  it('answers with a participant on the way, who rings and joins', async () => {
    const room = await withRoom();
    const added = await room.add(CUSTOMER, { label: 'customer', startConferenceOnEnter: false });
    expect(added).toMatchObject({
      label: 'customer',
      muted: false,
      hold: false,
      coaching: false,
      callSidToCoach: null,
      status: 'queued',
      queueTime: '0',
      startConferenceOnEnter: false,
      endConferenceOnExit: false,
    });
    expect(added.conferenceSid).toMatch(/^CF[0-9a-f]{32}$/);
    const participants = room.client.conferences(added.conferenceSid).participants;
    await eventually(async () =>
      expect(await participants('customer').fetch()).toMatchObject({
        callSid: added.callSid,
        status: 'connected',
      }),
    );
    expect(await room.client.calls(added.callSid).fetch()).toMatchObject({
      direction: 'outbound-api',
      status: 'in-progress',
      to: CUSTOMER,
    });
  });

  it('tells the call’s steps, and those of the conference to whom the first one named', async () => {
    const room = await withRoom();
    await room.add(CUSTOMER, {
      label: 'first',
      statusCallback: room.app.on('/call', { status: 204 }),
      statusCallbackEvent: ['initiated', 'answered'],
      conferenceStatusCallback: room.app.on('/room', { status: 204 }),
      conferenceStatusCallbackEvent: ['join', 'start', 'leave', 'end'],
    });
    const { callSid } = await room.add(AGENT, {
      endConferenceOnExit: true,
      conferenceStatusCallback: room.app.on('/other', { status: 204 }),
    });
    const events = () =>
      room.app.requests('/room').map(({ params }) => params['StatusCallbackEvent']);
    await eventually(() =>
      expect(events()).toEqual(['participant-join', 'participant-join', 'conference-start']),
    );
    room.line.farHangUp(callSid);
    await eventually(() => expect(events().at(-1)).toBe('conference-end'));
    expect(room.app.requests('/call').map(({ params }) => params['CallStatus'])).toEqual([
      'initiated',
      'in-progress',
    ]);
    expect(room.app.requests('/other')).toEqual([]);
  });

  it.each([
    ['a label that is taken', { label: 'taken' }, 16026],
    ['a label with a slash', { label: 'a/b' }, 16024],
    ['a label like a CallSid', { label: `CA${'0'.repeat(32)}` }, 16024],
    ['a label that is too long', { label: 'x'.repeat(129) }, 16024],
    ['nobody to coach', { coaching: true }, 20001],
    ['somebody to coach who is not there', { callSidToCoach: `CA${'0'.repeat(32)}` }, 16028],
    ['a jitter buffer that is none', { jitterBufferSize: 'huge' }, 20001],
    ['a beep that is none', { beep: 'loud' }, 20001],
    ['too short a Timeout', { timeout: 1 }, 20001],
    ['a From that is not ours', { from: '+14155550101' }, 21210],
    ['a To that cannot be called', { to: 'nobody' }, 21211],
    ['as many as may be', { maxParticipants: 2 }, 16020],
  ])('is refused with %s', async (_, change, code) => {
    const room = await withRoom(CUSTOMER, AGENT);
    await room.add(COACH, { label: 'taken' });
    await expect(room.add(AGENT, change)).rejects.toMatchObject({ status: 400, code });
    expect(await room.participants.list()).toHaveLength(3);
  });

  it('ends the leg of somebody who does not answer, and a conference of nobody else', async () => {
    const room = await withRoom();
    const { callSid, conferenceSid } = await room.add('+14155550108', {}, 'nobody');
    await ends(room, callSid, 'busy');
    expect(await room.client.conferences(conferenceSid).fetch()).toMatchObject({
      status: 'completed',
    });
    await expect(
      room.client.conferences(conferenceSid).participants.create({
        from: room.line.number,
        to: CUSTOMER,
      }),
    ).rejects.toMatchObject({ status: 404, code: 20404 });
  });
});

// Sound on a clock that runs many times too fast: a busy computer may lose some of it.
describe('changing a participant', { retry: 2 }, () => {
  it('mutes, holds and coaches, each as Twilio confirms it and as it is heard', async () => {
    const room = await withRoom(CUSTOMER, AGENT, COACH);
    const [customer = '', agent = '', coach = ''] = room.sids;
    await hears(room, customer, COACH_HZ);
    const whispering = await room.participants(coach).update({ callSidToCoach: agent });
    expect(whispering).toMatchObject({ coaching: true, callSidToCoach: agent, muted: false });
    expect(bestShareOf(COACH_HZ, await heardNext(room, customer))).toBeLessThan(0.02);
    await hears(room, agent, COACH_HZ);
    expect(await room.participants(coach).update({ muted: true })).toMatchObject({ muted: true });
    expect(bestShareOf(COACH_HZ, await heardNext(room, agent))).toBeLessThan(0.02);
    const barging = await room.participants(coach).update({ coaching: false, muted: false });
    expect(barging).toMatchObject({ coaching: false, callSidToCoach: null, muted: false });
    await hears(room, customer, COACH_HZ);
    expect(await room.participants(agent).update({ hold: true })).toMatchObject({ hold: true });
    expect(bestShareOf(CUSTOMER_HZ, await heardNext(room, agent))).toBeLessThan(0.1);
    await expect(room.participants(coach).update({ callSidToCoach: agent })).rejects.toMatchObject({
      status: 400,
      code: 16027,
    });
    expect(await room.participants(agent).update({ hold: false })).toMatchObject({ hold: false });
    await hears(room, agent, CUSTOMER_HZ);
  });

  it('keeps coaching until it is told otherwise, and coaches nobody who is not there', async () => {
    const room = await withRoom(CUSTOMER, AGENT);
    const [customer = '', agent = ''] = room.sids;
    const { callSid } = await room.add(COACH, { callSidToCoach: agent, label: 'coach' });
    const coach = room.participants('coach');
    expect(await coach.update({ muted: true })).toMatchObject({ callSid, coaching: true });
    expect(await coach.update({ callSidToCoach: customer })).toMatchObject({
      coaching: true,
      callSidToCoach: customer,
    });
    const refusal = { status: 400, code: 16028 };
    const nobody = `CA${'0'.repeat(32)}`;
    await expect(coach.update({ callSidToCoach: nobody })).rejects.toMatchObject(refusal);
    await expect(coach.update({ callSidToCoach: callSid })).rejects.toMatchObject(refusal);
    expect(await coach.update({ coaching: false })).toMatchObject({ coaching: false });
    await expect(coach.update({ coaching: true })).rejects.toMatchObject({ code: 20001 });
  });

  it('plays to one alone, on hold or over the others', async () => {
    const room = await withRoom(CUSTOMER, AGENT);
    const [customer = '', agent = ''] = room.sids;
    const sound = (hz: number) => room.app.on(`/${hz}.wav`, wavFile(tone([hz], 3000), 8000));
    room.app.on('/announce', response(`<Play>${sound(1100)}</Play>`));
    room.app.on('/hold', response(`<Play>${sound(2100)}</Play>`));
    await room.participants(customer).update({ announceUrl: `${room.app.url}/announce` });
    const heard = (callSid: string, hz: number) =>
      bestShareOf(hz, (room.line.heardBy(callSid) ?? NOTHING).subarray(-16_000));
    await eventually(() => expect(heard(customer, 1100)).toBeGreaterThan(0.3));
    await room.participants(customer).update({ hold: true, holdUrl: `${room.app.url}/hold` });
    await eventually(() => expect(room.app.requests('/hold')).toHaveLength(1));
    expect(room.app.requests('/hold')[0]).toMatchObject({ method: 'GET' });
    await eventually(() => expect(heard(customer, 2100)).toBeGreaterThan(0.7));
    expect(heard(agent, 1100)).toBeLessThan(0.2);
    expect(heard(agent, 2100)).toBeLessThan(0.2);
  });

  it('lists them by what they are', async () => {
    const room = await withRoom(CUSTOMER, AGENT);
    const [customer = '', agent = ''] = room.sids;
    await room.participants(customer).update({ hold: true });
    await room.participants(agent).update({ muted: true, endConferenceOnExit: true });
    const found = async (query: object) =>
      (await room.participants.list(query)).map(({ callSid }) => callSid);
    expect(await found({ hold: true })).toEqual([customer]);
    expect(await found({ muted: true })).toEqual([agent]);
    expect(await found({ coaching: true })).toEqual([]);
    expect(await found({ muted: false, hold: false })).toEqual([]);
    expect(await found({ pageSize: 1 })).toEqual([customer, agent]);
  });

  it('knows nobody who has gone, and nobody of a conference that is over', async () => {
    const room = await withRoom(CUSTOMER, AGENT, COACH);
    const [customer = '', agent = '', coach = ''] = room.sids;
    const gone = { status: 404, code: 20404 };
    expect(await room.participants(coach).remove()).toBe(true);
    await ends(room, coach, 'completed');
    await expect(room.participants(coach).update({ muted: true })).rejects.toMatchObject(gone);
    await expect(room.participants(coach).remove()).rejects.toMatchObject(gone);
    await room.client.conferences(room.sid).update({ status: 'completed' });
    await expect(room.participants(agent).update({ muted: true })).rejects.toMatchObject(gone);
    await expect(room.participants(customer).fetch()).rejects.toMatchObject(gone);
    expect(await room.participants.list()).toEqual([]);
  });
});
