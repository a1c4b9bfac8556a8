import { describe, expect, it } from 'vitest';
import { holdOthers } from '../../electron/core/desk-rules.ts';
import { INITIAL_STATE } from '../../electron/core/state.ts';
import { liveCallFacts } from '../support/builders.ts';
import { conferenceCall, supervisionRig } from './supervision-rig.ts';

/** A desk that sits in a call of others by the supervisor's own telephone, whose microphone nobody here can shut. */
async function byPhone(mode: 'whisper' | 'barge') {
  const rig = supervisionRig();
  const settings = {
    ...INITIAL_STATE.settings,
    seatWay: 'phone',
    seatPhone: '+14155550123',
  } as const;
  rig.lane.emit({ event: 'settings-changed', settings });
  const people = conferenceCall(rig, ['Maria', 'Sam']);
  const callId = rig.supervision.listen(people.call);
  await rig.pass(200);
  await rig.supervision.mode(callId, mode);
  await rig.pass(800);
  return { rig, callId, ...people };
}

describe('a seat by telephone', () => {
  it('is heard although the microphone here is shut', async () => {
    const { rig, callId, agents, customer } = await byPhone('barge');
    expect(rig.lane.state().calls[0]).toMatchObject({ muted: true });
    expect(rig.model.hearing(callId, 0)).toEqual([customer, ...agents]);
  });

  it.each(['whisper', 'barge'] as const)(
    'in a %s goes back to only listening when this desk dials or answers another call',
    async mode => {
      const { rig, callId } = await byPhone(mode);
      for (const fact of holdOthers(rig.lane.state(), null)) rig.lane.emit(fact);
      for (const fact of liveCallFacts('b')) rig.lane.emit(fact);
      await rig.pass(800);
      expect(rig.model.hearing(callId, 0)).toEqual([]);
      expect(rig.room(callId)).toMatchObject({ seat: { confirmed: { muted: true } } });
      const problems = rig.lane.state().problems.map(({ problem }) => problem.message);
      expect(problems.join()).toContain('another call');
    },
  );

  it('goes back to only listening when the microphone is taken to another call', async () => {
    const { rig, callId } = await byPhone('barge');
    for (const fact of liveCallFacts('b')) rig.lane.emit(fact);
    rig.lane.emit({ event: 'microphone-moved', callId: 'b' });
    await rig.pass(800);
    expect(rig.model.hearing(callId, 0)).toEqual([]);
  });

  it('stays as it is when the microphone comes to its own call', async () => {
    const { rig, callId } = await byPhone('barge');
    rig.lane.emit({ event: 'microphone-moved', callId });
    await rig.pass(800);
    expect(rig.model.hearing(callId, 0)).toHaveLength(3);
  });

  it('goes back to only listening when more would hear a whisper', async () => {
    const { rig, callId } = await byPhone('whisper');
    const seat = rig.room(callId)?.seat ?? null;
    if (seat === null) throw new Error('no seat');
    const confirmed = { muted: false, coaching: null };
    rig.lane.emit({ event: 'seat-changed', callId, seat: { ...seat, confirmed } });
    await rig.pass(800);
    expect(rig.told()).toContain('mode-refused whisper');
    expect(rig.model.hearing(callId, 0)).toEqual([]);
  });
});

describe('a call that was taken over', () => {
  it('is given back when this desk takes a call of its own', async () => {
    const rig = supervisionRig();
    const { call } = conferenceCall(rig);
    const callId = rig.supervision.listen(call);
    await rig.pass(200);
    await rig.supervision.mode(callId, 'takeover');
    await rig.pass(1500);
    const isHeld = () => rig.room(callId)?.legs.some(leg => leg.held);
    expect(isHeld()).toBe(true);
    for (const fact of holdOthers(rig.lane.state(), null)) rig.lane.emit(fact);
    for (const fact of liveCallFacts('b')) rig.lane.emit(fact);
    await rig.pass(1500);
    expect(isHeld()).toBe(false);
    expect(rig.room(callId)).toMatchObject({ requested: null });
  });
});
