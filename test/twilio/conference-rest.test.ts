import { describe, expect, it } from 'vitest';
import { createConferenceRest } from '../../electron/twilio/conference-rest.ts';
import { type Answer, type Asked, refusal, scriptedRest } from './scripted-rest.ts';

const ROOM = `CF${'2'.repeat(32)}`;
const SEAT = `CA${'3'.repeat(32)}`;
const AGENT = `CA${'4'.repeat(32)}`;

const THERE = {
  call_sid: SEAT,
  conference_sid: ROOM,
  label: null,
  muted: true,
  hold: false,
  coaching: false,
  call_sid_to_coach: null,
  status: 'connected',
};

async function open(answer: (asked: Asked) => Answer = () => ({ body: THERE })) {
  const { client, asked } = await scriptedRest(answer);
  return { rest: createConferenceRest(client), asked };
}

describe('a participant', () => {
  it('is changed by what is asked for, and coaching is always said outright', async () => {
    const { rest, asked } = await open();
    await rest.change(ROOM, SEAT, { muted: true });
    await rest.change(ROOM, SEAT, { muted: false, coaching: AGENT });
    await rest.change(ROOM, SEAT, { coaching: null });
    await rest.change(ROOM, SEAT, { hold: true });
    expect(asked[0]?.request).toBe(`POST /Conferences/${ROOM}/Participants/${SEAT}.json`);
    expect(asked.map(({ fields }) => fields)).toEqual([
      { Muted: 'true' },
      { Muted: 'false', Coaching: 'true', CallSidToCoach: AGENT },
      { Coaching: 'false' },
      { Hold: 'true' },
    ]);
  });

  it('is what Twilio confirmed', async () => {
    const answers = [
      THERE,
      { ...THERE, coaching: true, call_sid_to_coach: AGENT, label: 'seat-Lee' },
      { ...THERE, muted: false, coaching: false, call_sid_to_coach: AGENT, status: 'ringing' },
      { ...THERE, hold: true, status: 'complete' },
    ];
    const { rest } = await open(() => ({ body: answers.shift() ?? {} }));
    const change = () => rest.change(ROOM, SEAT, { muted: true });
    const plain = { callSid: SEAT, conferenceSid: ROOM, held: false, coaching: null };
    expect(await change()).toEqual({ ...plain, label: '', muted: true, status: 'joined' });
    expect(await change()).toMatchObject({ label: 'seat-Lee', coaching: AGENT });
    expect(await change()).toMatchObject({ muted: false, coaching: null, status: 'ringing' });
    expect(await change()).toMatchObject({ held: true, status: 'gone' });
  });

  it.each([
    [404, 20404, 'call-over'],
    [400, 21220, 'call-over'],
    [400, 16028, 'refused-by-twilio'],
    [401, 20003, 'credentials-refused'],
  ])('that cannot be changed (%i, %i) is told as %s', async (status, code, kind) => {
    const { rest } = await open(() => refusal(status, code));
    const changed = rest.change(ROOM, SEAT, { muted: true });
    await expect(changed).rejects.toMatchObject({ problem: { kind } });
  });

  it('is taken out, and may be gone already', async () => {
    const { rest, asked } = await open(() => refusal(404, 20404));
    await rest.remove(ROOM, SEAT);
    expect(asked[0]?.request).toBe(`DELETE /Conferences/${ROOM}/Participants/${SEAT}.json`);
  });
});

describe('somebody who is called in', () => {
  const LEG = 'https://desk.example/voice/leg';
  const CONFERENCE = 'https://desk.example/voice/conference';
  const callbacks = { legCallback: LEG, conferenceCallback: CONFERENCE };
  const person = { from: '+14155550100', label: 'person-1', ...callbacks };

  it('comes without a beep and does not end the conference', async () => {
    const { rest, asked } = await open(() => ({ status: 201, body: THERE }));
    const app = `app:AP${'5'.repeat(32)}?call_id=a&seat=s`;
    const asSeat = { ...person, to: app, label: 'seat-Lee', muted: true, isSeat: true };
    await rest.create(ROOM, { ...asSeat, starts: false });
    await rest.create('room-1', {
      ...person,
      to: '+14155550111',
      muted: false,
      starts: true,
      isSeat: false,
    });
    const both = {
      From: '+14155550100',
      Beep: 'false',
      EndConferenceOnExit: 'false',
      JitterBufferSize: 'small',
      StatusCallback: LEG,
      StatusCallbackMethod: 'POST',
      StatusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
      ConferenceStatusCallback: CONFERENCE,
      ConferenceStatusCallbackMethod: 'POST',
      ConferenceStatusCallbackEvent: ['start', 'end', 'join', 'leave', 'mute', 'hold', 'modify'],
    };
    const seat = { To: app, Label: 'seat-Lee', Muted: 'true', StartConferenceOnEnter: 'false' };
    const added = { To: '+14155550111', Label: 'person-1', Muted: 'false', EarlyMedia: 'true' };
    expect(asked).toEqual([
      { request: `POST /Conferences/${ROOM}/Participants.json`, fields: { ...both, ...seat } },
      {
        request: 'POST /Conferences/room-1/Participants.json',
        fields: { ...both, ...added, StartConferenceOnEnter: 'true' },
      },
    ]);
  });

  it.each([
    [true, 400, 13247, 'seat-refused'],
    [true, 400, 21211, 'seat-refused'],
    [true, 404, 20404, 'call-over'],
    [true, 500, 20500, 'call-uncertain'],
    [false, 400, 21211, 'refused-by-twilio'],
  ])('and is refused (a seat: %s, %i, %i) is told as %s', async (isSeat, status, code, kind) => {
    const { rest } = await open(() => refusal(status, code));
    const created = rest.create(ROOM, { ...person, to: '+1', muted: true, starts: false, isSeat });
    await expect(created).rejects.toMatchObject({ problem: { kind } });
  });
});

describe('the conferences that go on', () => {
  const sids = ['a', 'b'].map(letter => `CF${letter.repeat(32)}`);

  it('are listed once each, with who is in them, those that are over by then empty', async () => {
    const { rest, asked } = await open(({ request, fields }) => {
      if (request === 'GET /Conferences.json') {
        const isBegun = fields['Status'] === 'in-progress';
        const found = (isBegun ? sids : sids.slice(0, 1)).map(sid => ({
          sid,
          friendly_name: `room-${sid}`,
        }));
        return { body: { conferences: found } };
      }
      if (request.includes(sids[1] ?? '')) return refusal(404, 20404);
      return { body: { participants: [THERE] } };
    });
    expect(await rest.list()).toMatchObject([
      { sid: sids[0], name: `room-${sids[0]}`, participants: [{ callSid: SEAT }] },
      { sid: sids[1], participants: [] },
    ]);
    expect(asked).toHaveLength(4);
  });

  it('are found by their whole name', async () => {
    const found = [{ sid: ROOM, friendly_name: 'room-12' }];
    const { rest } = await open(() => ({ body: { conferences: found } }));
    expect(await rest.named('room-12')).toBe(ROOM);
    expect(await rest.named('room-1')).toBeNull();
  });
});
