import { describe, expect, it } from 'vitest';
import { INITIAL_STATE } from '../../electron/core/state.ts';
import { introduction, liveCallFacts } from '../support/builders.ts';
import { conferenceCall, dialledCall, FAIR, supervisionRig } from './supervision-rig.ts';

/** A desk that speaks in a mode, its microphone open. */
async function speaking(mode: 'whisper' | 'barge' | 'takeover') {
  const rig = supervisionRig();
  const people = conferenceCall(rig);
  const callId = rig.supervision.listen(people.call);
  await rig.pass(200);
  await rig.supervision.mode(callId, mode);
  await rig.pass(600);
  rig.unmute(callId);
  await rig.pass(100);
  return { rig, callId, ...people };
}

describe('a whisper', () => {
  it('ends with the leg that hears it, before the customer could hear a word', async () => {
    const { rig, callId, agent } = await speaking('whisper');
    const before = rig.gates.length;
    rig.model.endLeg(agent);
    expect(rig.gates.length).toBeGreaterThan(before);
    await rig.pass(2000);
    expect(rig.leaks).toEqual([]);
    expect(rig.room(callId)).toMatchObject({
      requested: null,
      seat: { confirmed: { muted: true } },
    });
    expect(rig.told()).toContain('mode-refused whisper');
    expect(rig.lane.state().problems[0]?.problem.message).toContain('Maria left');
  });

  it('is shut when nobody spoke into it for a minute', async () => {
    const { rig, callId } = await speaking('whisper');
    await rig.pass(62_000, 250);
    expect(rig.lane.state().calls.find(({ id }) => id === callId)).toMatchObject({ muted: true });
  });
});

describe('a call that is followed', () => {
  it('shows the number of the account that was called, or else that of the line', () => {
    const rig = supervisionRig();
    const line = { ...rig.lane.state().line, number: '+14155550100' };
    rig.lane.emit({ event: 'line-changed', line });
    rig.supervision.listen({ ...conferenceCall(rig).call, ours: '+14155550109' });
    rig.supervision.listen({ ...conferenceCall(rig).call, ours: null });
    expect(rig.lane.state().calls).toMatchObject([
      { ours: '+14155550109' },
      { ours: '+14155550100' },
    ]);
  });
});

describe('whoever is whispered to', () => {
  it('is taken out only when what was said has passed, and nobody else hears it', async () => {
    const { rig, callId, agent } = await speaking('whisper');
    rig.weather.newsMs = () => 400;
    const removed = rig.supervision.removePerson(callId, agent);
    await rig.pass(2000);
    await removed;
    expect(rig.room(callId)?.legs).toHaveLength(1);
    expect(rig.leaks).toEqual([]);
  });
});

describe('a second call that is spoken on', () => {
  it('leaves nobody of the first in silence', async () => {
    const { rig, callId, agent } = await speaking('takeover');
    expect([...rig.model.heldHere]).toEqual([agent]);
    const other = rig.supervision.listen(conferenceCall(rig).call);
    await rig.supervision.mode(other, 'barge');
    await rig.pass(1500);
    expect([...rig.model.heldHere]).toEqual([]);
    expect(rig.room(callId)).toMatchObject({ seat: { confirmed: { muted: true } } });
    const problems = rig.lane.state().problems.map(({ problem }) => problem.message);
    expect(problems.join()).toContain('another call');
  });
});

describe('a mode that Twilio does not confirm', () => {
  it('is refused after 3 s, and taken back when the answer comes after all', async () => {
    const rig = supervisionRig({
      ...FAIR,
      delayMs: request => (request === 'unmute' ? 4000 : 10),
    });
    const { call } = conferenceCall(rig);
    const callId = rig.supervision.listen(call);
    await rig.supervision.mode(callId, 'barge');
    await rig.pass(4000);
    expect(rig.told().at(-1)).not.toBe('mode-confirmed barge');
    const refused = rig.events.find(({ event }) => event === 'mode-refused');
    expect(refused).toMatchObject({
      problem: {
        kind: 'not-confirmed',
        message: 'Twilio did not confirm the barge in 3 s. You are still only listening.',
      },
    });
    await rig.pass(8000, 50);
    expect(rig.room(callId)).toMatchObject({ seat: { confirmed: { muted: true } } });
    expect(rig.leaks).toEqual([]);
  });

  it('gives the seat up when not even silence is confirmed', async () => {
    const { rig } = await speaking('barge');
    rig.weather.fault = request => (['mute', 'participants'].includes(request) ? 'not-sent' : null);
    const [callId = ''] = rig.lane.state().calls.map(({ id }) => id);
    await rig.supervision.handBack(callId);
    await rig.pass(3000);
    expect(rig.model.seats()).toEqual([]);
    expect(rig.room(callId)).toMatchObject({ seat: null, listening: true });
  });
});

describe('a take-over', () => {
  it('lets everybody go who was held when one of them cannot be', async () => {
    const rig = supervisionRig();
    const { call } = conferenceCall(rig, ['Maria', 'Sam']);
    const callId = rig.supervision.listen(call);
    await rig.pass(200);
    let holds = 0;
    rig.weather.fault = request => (request === 'hold' && ++holds === 2 ? 'refused' : null);
    await rig.supervision.mode(callId, 'takeover');
    await rig.pass(1500);
    expect(rig.told()).toContain('mode-refused takeover');
    expect([...rig.model.heldHere]).toEqual([]);
  });

  it('leaves nobody on hold when the desk leaves', async () => {
    const { rig, callId } = await speaking('takeover');
    expect([...rig.model.heldHere]).toHaveLength(1);
    rig.supervision.leave(callId);
    expect(rig.lane.state().calls[0]?.status).toBe('ended');
    await rig.pass(2000);
    expect([...rig.model.heldHere]).toEqual([]);
    expect(rig.model.asked.lastIndexOf('hold')).toBeLessThan(rig.model.asked.indexOf('remove'));
  });
});

describe('a seat', () => {
  it('comes by the next way when one is refused, and says which', async () => {
    const rig = supervisionRig();
    const settings = { ...INITIAL_STATE.settings, seatNumber: '+14155550123' };
    rig.lane.emit({ event: 'settings-changed', settings });
    rig.model.refusedWays.add('app');
    const { call } = conferenceCall(rig);
    const callId = rig.supervision.listen(call);
    await rig.supervision.mode(callId, 'barge');
    await rig.pass(800);
    expect(rig.room(callId)).toMatchObject({ seat: { way: 'number', status: 'joined' } });
  });

  it('is taken muted when the call cannot be heard beside it', async () => {
    const rig = supervisionRig();
    rig.weather.fault = request => (request === 'monitor-stream' ? 'refused' : null);
    const { call } = conferenceCall(rig);
    const callId = rig.supervision.listen(call);
    await rig.pass(800);
    expect(rig.room(callId)).toMatchObject({
      listening: false,
      seat: { stream: true, confirmed: { muted: true } },
    });
    expect(rig.lane.state().problems[0]?.problem.kind).toBe('stream-refused');
  });

  it('is ready as soon as its sound comes, though nothing tells that it joined', async () => {
    const rig = supervisionRig();
    rig.model.seatsJoinAtOnce = false;
    rig.weather.newsMs = () => null;
    const { call } = conferenceCall(rig);
    const callId = rig.supervision.listen(call);
    await rig.supervision.mode(callId, 'barge');
    await rig.pass(600);
    expect(rig.told()).toContain('mode-confirmed barge');
    expect(rig.room(callId)?.others).toEqual([]);
  });

  it('that left is no seat of another desk, however late it is read', async () => {
    const { rig, callId, conferenceSid } = await speaking('barge');
    const [seat] = rig.model.seats();
    rig.model.breakSeat();
    await rig.pass(50);
    const label = 'seat-Robin';
    const ghost = { sid: seat?.sid ?? '', label, muted: true, held: false, coaching: null };
    rig.model.rooms
      .get(conferenceSid)
      ?.people.set(ghost.sid, { ...ghost, status: 'joined', seatOf: null, stream: false });
    await rig.supervision.mode(callId, 'barge');
    await rig.pass(1500);
    expect(rig.room(callId)).toMatchObject({ others: [], seat: { status: 'joined' } });
  });

  it('that another desk opens is silent again at once, and the person is told', async () => {
    const { rig, callId } = await speaking('barge');
    await rig.supervision.handBack(callId);
    await rig.pass(500);
    const [seat] = rig.model.seats();
    rig.model.changedByOthers(seat?.sid ?? '', { muted: false });
    await rig.pass(500);
    expect(rig.model.seats()[0]?.muted).toBe(true);
    expect(rig.lane.state().problems[0]?.problem.message).toContain('changed from elsewhere');
    expect(rig.leaks).toEqual([]);
  });
});

describe('a call that is no conference', () => {
  it('becomes one only when the person agrees, the child before its parent', async () => {
    const rig = supervisionRig();
    const { call } = dialledCall(rig);
    const callId = rig.supervision.listen(call);
    await rig.pass(200);
    await expect(rig.supervision.mode(callId, 'barge')).rejects.toMatchObject({
      problem: { kind: 'wrong-call-state' },
    });
    await rig.supervision.mode(callId, 'barge', { move: true });
    await rig.pass(1500);
    expect(rig.room(callId)).toMatchObject({ shape: 'conference', legs: [{}, {}] });
    expect(rig.told()).toContain('mode-confirmed barge');
  });
});

describe('a call that only a program serves', () => {
  /** Dana, whom other TwiML serves. */
  function alone() {
    const rig = supervisionRig();
    const { call } = dialledCall(rig);
    const only = { ...call, shape: 'alone', legs: call.legs.slice(0, 1) } as const;
    return { rig, callId: rig.supervision.listen(only), customer: call.sid };
  }

  it('is taken over by a seat that is there before anybody is moved', async () => {
    const { rig, callId, customer } = alone();
    await rig.supervision.mode(callId, 'takeover', { move: true });
    await rig.pass(1500);
    const { asked } = rig.model;
    expect(asked.indexOf('takeSeat')).toBeLessThan(asked.indexOf('moveIntoRoom'));
    rig.unmute(callId);
    await rig.pass(100);
    expect(rig.model.hearing(callId, 0)).toEqual([customer]);
  });

  it('stays where it is when no seat can be had, or it cannot be moved', async () => {
    for (const failing of ['takeSeat', 'moveIntoRoom']) {
      const { rig, callId } = alone();
      rig.weather.fault = request => (request === failing ? 'refused' : null);
      await rig.supervision.mode(callId, 'takeover', { move: true });
      await rig.pass(9000, 50);
      expect(rig.told()).toContain('mode-refused takeover');
      expect(rig.room(callId)).toMatchObject({
        shape: 'alone',
        conferenceSid: null,
        legs: [{}],
        seat: null,
        listening: true,
      });
      expect(rig.model.seats()).toEqual([]);
      expect([...rig.model.rooms]).toEqual([]);
    }
  });

  it('is not moved into a conference where its caller would be alone', async () => {
    const { rig, callId } = alone();
    await expect(rig.supervision.makeConference(callId)).rejects.toMatchObject({
      problem: { kind: 'wrong-call-state' },
    });
    expect(rig.model.asked).not.toContain('moveIntoRoom');
  });
});

describe('a direct call', () => {
  /** A call of this desk that is talked on. */
  async function talking() {
    const rig = supervisionRig();
    const sid = rig.model.addLeg();
    rig.lane.emit({ event: 'call-ringing', ...introduction('a'), callSid: sid });
    for (const fact of liveCallFacts('a').slice(1)) rig.lane.emit(fact);
    const line = { ...rig.lane.state().line, number: '+14155550100' };
    rig.lane.emit({ event: 'line-changed', line });
    return { rig, sid };
  }

  it('becomes a conference for a third person, and the microphone stays open', async () => {
    const { rig, sid } = await talking();
    const added = rig.supervision.addPerson('a', '+14155550188');
    await rig.pass(1500);
    const legSid = await added;
    expect(rig.room('a')).toMatchObject({
      legs: [{ sid }, { sid: legSid, status: 'joined', party: { number: '+14155550188' } }],
      seat: { confirmed: { muted: false, coaching: null } },
    });
    expect(rig.lane.state().calls[0]).toMatchObject({ kind: 'direct', muted: false });
    rig.lane.emit({ event: 'hold-changed', callId: 'a', on: true });
    await rig.pass(500);
    expect([...rig.model.heldHere]).toEqual([sid]);
  });

  it('stays as it is when nobody could be moved', async () => {
    const { rig } = await talking();
    rig.weather.fault = request => (request === 'moveIntoRoom' ? 'refused' : null);
    const made = rig.supervision.makeConference('a');
    made.catch(() => {});
    await rig.pass(8000, 50);
    await expect(made).rejects.toMatchObject({ problem: { kind: 'refused-by-twilio' } });
    expect(rig.lane.state().calls[0]).toMatchObject({ status: 'live', room: null, stream: true });
    await rig.pass(3000);
    expect(rig.model.seats()).toEqual([]);
  });

  it('with a voice agent of this desk changes its mode without asking Twilio', async () => {
    const { rig } = await talking();
    const agent = { name: 'Booker', status: 'serving', whispered: false } as const;
    rig.lane.emit({ event: 'agent-changed', callId: 'a', agent });
    await rig.supervision.mode('a', 'whisper', { text: 'Offer Friday.' });
    await rig.supervision.mode('a', 'whisper');
    await rig.supervision.mode('a', 'barge');
    await rig.supervision.handBack('a');
    await rig.supervision.mode('a', 'takeover');
    expect(rig.agent).toEqual([
      'a told Offer Friday.',
      'a whispered true',
      'a silenced',
      'a serves',
      'a dismissed',
    ]);
    expect(rig.model.asked).toEqual([]);
  });
});

describe('a desk that may be unattended', () => {
  it('only listens, its gate shut before anything else', async () => {
    const { rig, callId } = await speaking('barge');
    const before = rig.gates.length;
    rig.supervision.stepBack('lock');
    expect(rig.gates.length).toBeGreaterThan(before);
    await rig.pass(500);
    expect(rig.room(callId)).toMatchObject({ seat: { confirmed: { muted: true } } });
    expect(rig.lane.state().problems[0]?.problem.message).toContain('screen was locked');
    rig.lane.emit({ event: 'talk-key-changed', held: true });
    rig.supervision.stepBack('lock');
    expect(rig.lane.state().talkKeyHeld).toBe(false);
  });
});
