import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  CONFERENCE_EVENTS,
  type ConferenceCallback,
  type ConferenceEvent,
} from '../../electron/practice/conference-options.ts';
import type { Pretences } from '../../electron/practice/pretences.ts';
import { type AppServer, createAppServer } from './app-server.ts';
import { burst, type ConferenceRoom, openRoom } from './conference-room.ts';
import { eventually, response } from './fixture.ts';

let app: AppServer;
let room: ConferenceRoom;

beforeEach(async () => {
  app = await createAppServer();
  app.on('/room', { status: 204 });
  room = openRoom('room-CA1');
});

afterEach(async () => {
  room.conference.end();
  room.line.webhooks.close();
  await app.close();
});

function callback(events: readonly ConferenceEvent[] = CONFERENCE_EVENTS): ConferenceCallback {
  return { url: `${app.url}/room`, method: 'POST', events };
}

async function told(count: number) {
  await eventually(() => expect(app.requests('/room').length).toBeGreaterThanOrEqual(count));
  return app.requests('/room').map(({ params }) => params);
}

describe('the callbacks of a conference', () => {
  it('tell what happens to it and in it, in order and signed', async () => {
    const { conference, join, line } = room;
    const customer = join('customer', { callback: callback(), label: 'customer' }, true);
    const agent = join('agent', { startConferenceOnEnter: false }, true);
    const supervisor = join('supervisor', { muted: true, label: 'seat-desk' }, true);
    conference.update('seat-desk', { coaching: true, callSidToCoach: agent.call.sid });
    conference.update('seat-desk', { muted: false });
    conference.update('seat-desk', { muted: false });
    conference.update('seat-desk', { muted: true, coaching: false });
    conference.update(agent.call.sid, { hold: true });
    conference.update(agent.call.sid, { hold: false, endConferenceOnExit: true });
    supervisor.redirect();
    agent.call.end('completed');
    const all = await told(15);
    expect(all.map(params => [params['StatusCallbackEvent'], params['SequenceNumber']])).toEqual([
      ['participant-join', '1'],
      ['participant-join', '2'],
      ['conference-start', '3'],
      ['participant-join', '4'],
      ['participant-modify', '5'],
      ['participant-unmute', '6'],
      ['participant-mute', '7'],
      ['participant-modify', '8'],
      ['participant-hold', '9'],
      ['participant-unhold', '10'],
      ['participant-modify', '11'],
      ['participant-leave', '12'],
      ['participant-leave', '13'],
      ['participant-leave', '14'],
      ['conference-end', '15'],
    ]);
    expect(all[4]).toEqual({
      ConferenceSid: conference.sid,
      FriendlyName: 'room-CA1',
      AccountSid: line.accountSid,
      Timestamp: 'Thu, 01 Jan 1970 00:16:40 +0000',
      SequenceNumber: '5',
      StatusCallbackEvent: 'participant-modify',
      CallSid: supervisor.call.sid,
      ParticipantLabel: 'seat-desk',
      Muted: 'true',
      Hold: 'false',
      Coaching: 'true',
      CallSidToCoach: agent.call.sid,
      StartConferenceOnEnter: 'true',
      EndConferenceOnExit: 'false',
    });
    expect(all[1]).toMatchObject({ CallSid: agent.call.sid, StartConferenceOnEnter: 'false' });
    expect(all[11]).toMatchObject({
      ReasonParticipantLeft: 'participant_updated_via_api',
      ParticipantCallStatus: 'in-progress',
    });
    expect(all[12]).toMatchObject({
      ReasonParticipantLeft: 'participant_hung_up',
      ParticipantCallStatus: 'completed',
    });
    expect(all[13]).toMatchObject({
      CallSid: customer.call.sid,
      ReasonParticipantLeft: 'moderator_ended_conference',
    });
    expect(all[14]).toMatchObject({
      ReasonConferenceEnded: 'participant-with-end-conference-on-exit-left',
      CallSidEndingConference: agent.call.sid,
    });
    expect(app.requests('/room')[0]?.signature).toMatch(/^[\w+/]{27}=$/);
  });

  it('are those the first participant asked for', async () => {
    const { conference, join } = room;
    join('customer', { callback: callback(['start', 'end']) }, true);
    const other = { ...callback(), url: `${app.url}/other` };
    join('agent', { callback: other }, true);
    conference.end();
    const all = await told(2);
    expect(all).toMatchObject([
      { StatusCallbackEvent: 'conference-start', SequenceNumber: '1' },
      { StatusCallbackEvent: 'conference-end', ReasonConferenceEnded: 'conference-ended-via-api' },
    ]);
    expect(app.requests('/other')).toEqual([]);
  });

  it('tell who speaks, unless they are muted', async () => {
    const { clock, conference, join } = room;
    const customer = join('customer', { callback: callback(['speaker']) }, true);
    void customer.call.leg.interject(burst(500, 400));
    clock.advance(2000);
    conference.update(customer.call.sid, { muted: true });
    void customer.call.leg.interject(burst(500, 400));
    clock.advance(2000);
    conference.end();
    const all = await told(2);
    expect(all.map(params => params['StatusCallbackEvent'])).toEqual([
      'participant-speech-start',
      'participant-speech-stop',
    ]);
  });

  it('tell that an announcement is over', async () => {
    const { clock, conference, join } = room;
    join('customer', { callback: callback(['announcement']) }, true);
    const agent = join('agent', {}, true);
    const url = app.on('/words', response('<Play digits="5"/>'));
    conference.announce({ url, method: 'POST' });
    conference.announce({ url, method: 'POST' }, agent.call.sid);
    const all = await vi.waitFor(
      () => {
        clock.advance(20);
        expect(app.requests('/room')).toHaveLength(2);
        return app.requests('/room').map(({ params }) => params);
      },
      { timeout: 60_000, interval: 5 },
    );
    expect(all.map(params => params['AnnounceUrl'])).toEqual([url, url]);
    expect(all.map(params => params['CallSid']).sort()).toEqual([agent.call.sid, undefined]);
  });

  it('tell of somebody who was invited and never came', async () => {
    const { conference, join, line } = room;
    join('customer', { callback: callback(['leave']) }, true);
    const invited = room.invite({ label: 'person-1' });
    expect(conference.find('person-1')).toMatchObject({ status: 'ringing', joinedAt: undefined });
    expect(conference.participants).toHaveLength(1);
    invited.end('no-answer', 487);
    expect(conference.find('person-1')).toBeUndefined();
    expect(await told(1)).toMatchObject([
      {
        CallSid: invited.sid,
        ParticipantLabel: 'person-1',
        ReasonParticipantLeft: 'participant_add_failed',
        ParticipantCallStatus: 'no-answer',
      },
    ]);
    expect(line.alerts.list()).toEqual([]);
  });
});

describe('while something is pretended, the callbacks', () => {
  async function sequence(pretences: Partial<Pretences>, count: number, advanceMs = 0) {
    const { clock, conference, join, line } = room;
    line.pretences.change(pretences);
    join('customer', { callback: callback(['join', 'start', 'end']) }, true);
    join('agent', {}, true);
    conference.end();
    if (advanceMs > 0) {
      expect(app.requests('/room')).toEqual([]);
      clock.advance(advanceMs);
    }
    return (await told(count)).map(params => params['SequenceNumber']);
  }

  it('come twice', async () => {
    expect(await sequence({ repeatCallbacks: true }, 8)).toEqual([...'11223344']);
  });

  it('come in pairs, the newer one first', async () => {
    expect(await sequence({ shuffleCallbacks: true }, 4)).toEqual([...'2143']);
  });

  it('come late', async () => {
    expect(await sequence({ callbackDelayMs: 20_000 }, 4, 20_000)).toEqual([...'1234']);
  });
});
