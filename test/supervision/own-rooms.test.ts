import { describe, expect, it } from 'vitest';
import { asLive } from '../../electron/core/call.ts';
import { roomName } from '../../electron/core/conference.ts';
import { findCall } from '../../electron/core/state.ts';
import { introduction, liveCallFacts } from '../support/builders.ts';
import { legOf, type SupervisionRig, supervisionRig } from './supervision-rig.ts';

/** A call of this desk that is talked on. */
function talking(): { readonly rig: SupervisionRig; readonly sid: string } {
  const rig = supervisionRig();
  const sid = rig.model.addLeg();
  rig.lane.emit({ event: 'call-ringing', ...introduction('a'), callSid: sid });
  for (const fact of liveCallFacts('a').slice(1)) rig.lane.emit(fact);
  const line = { ...rig.lane.state().line, number: '+14155550100' };
  rig.lane.emit({ event: 'line-changed', line });
  return { rig, sid };
}

/** Its stream is over, as when its leg was sent elsewhere. */
const stopped = { event: 'stream-stopped', callId: 'a', streamSid: 'MZ' } as const;

/** A call that an earlier run left in a conference with Maria. */
function leftThere(rig: SupervisionRig) {
  const sid = rig.model.addLeg();
  const maria = rig.model.addLeg();
  const conferenceSid = rig.model.conference(roomName(sid), [sid, maria]);
  const restored = { ...introduction('a'), callSid: sid, startedAt: 0, answeredAt: 0 } as const;
  rig.lane.emit({ event: 'call-restored', ...restored });
  const legs = [legOf(sid, 'Dana', 'customer'), legOf(maria, 'Maria', 'agent')];
  const room = { sid, shape: 'conference', conferenceSid, legs, others: [] } as const;
  return { sid, maria, room };
}

describe('a direct call that becomes a conference', () => {
  it('is put on hold there when it was put on hold meanwhile', async () => {
    const { rig, sid } = talking();
    const made = rig.supervision.makeConference('a');
    rig.lane.emit({ event: 'hold-changed', callId: 'a', on: true });
    await rig.pass(2000);
    await made;
    expect([...rig.model.heldHere]).toEqual([sid]);
  });

  it('is not put on hold when it was taken from hold meanwhile', async () => {
    const { rig } = talking();
    rig.lane.emit({ event: 'hold-changed', callId: 'a', on: true });
    const made = rig.supervision.makeConference('a');
    rig.lane.emit({ event: 'hold-changed', callId: 'a', on: false });
    await rig.pass(2000);
    await made;
    expect([...rig.model.heldHere]).toEqual([]);
  });

  it('keeps its seat for whoever is on the way, though nobody says that they arrived', async () => {
    const { rig, sid } = talking();
    rig.weather.fault = request => (request === 'conferenceNamed' ? 'not-sent' : null);
    const made = rig.supervision.makeConference('a');
    await rig.pass(1000);
    rig.lane.emit(stopped);
    await rig.pass(7000, 50);
    await made;
    expect(rig.room('a')).toMatchObject({
      legs: [{ sid, status: 'joined' }],
      seat: { confirmed: { muted: false } },
    });
    expect(rig.model.hearing('a', 0)).toEqual([sid]);
    expect(rig.leaks).toEqual([]);
  });
});

describe('a conference of this desk’s own that is on hold', () => {
  async function onHold() {
    const { rig, sid } = talking();
    const made = rig.supervision.makeConference('a');
    await rig.pass(2000);
    await made;
    const hold = (on: boolean) => rig.lane.emit({ event: 'hold-changed', callId: 'a', on });
    hold(true);
    await rig.pass(500);
    const isHeldHere = () => asLive(findCall(rig.lane.state(), 'a'))?.heldAt != null;
    const standing = () => rig.lane.state().problems.map(({ problem }) => problem.kind);
    return { rig, sid, hold, isHeldHere, standing };
  }

  it('stays so, and says so, when its customer cannot be taken back, until they can', async () => {
    const { rig, sid, hold, isHeldHere, standing } = await onHold();
    rig.weather.fault = request => (request === 'hold' ? 'refused' : null);
    hold(false);
    await rig.pass(1000);
    expect([...rig.model.heldHere]).toEqual([sid]);
    expect(isHeldHere()).toBe(true);
    expect(standing()).toEqual(['refused-by-twilio']);
    rig.weather.fault = () => null;
    hold(false);
    await rig.pass(1000);
    expect([...rig.model.heldHere]).toEqual([]);
    expect(isHeldHere()).toBe(false);
    expect(standing()).toEqual([]);
    expect(rig.leaks).toEqual([]);
  });

  it.each([
    ['whose answer is lost', { fault: 'reply-lost', delayMs: 10 }],
    ['that is carried out after it was given up', { fault: null, delayMs: 4000 }],
  ] as const)('puts its customer back after an end of it %s', async (_, { fault, delayMs }) => {
    const { rig, sid, hold, isHeldHere, standing } = await onHold();
    let changes = 0;
    const isFirst = (request: string) => request === 'hold' && ++changes === 1;
    if (fault === null) rig.weather.delayMs = request => (isFirst(request) ? delayMs : 10);
    else rig.weather.fault = request => (isFirst(request) ? fault : null);
    hold(false);
    await rig.pass(12_000);
    expect(isHeldHere()).toBe(true);
    expect([...rig.model.heldHere]).toEqual([sid]);
    expect(standing()).toHaveLength(1);
    hold(false);
    await rig.pass(1000);
    expect(isHeldHere()).toBe(false);
    expect([...rig.model.heldHere]).toEqual([]);
    expect(standing()).toEqual([]);
    expect(rig.leaks).toEqual([]);
  });

  it('is as its person put it last, though an earlier end of it fails', async () => {
    const { rig, hold, isHeldHere, standing } = await onHold();
    let changes = 0;
    rig.weather.delayMs = request => (request === 'hold' ? 500 : 10);
    rig.weather.fault = request => (request === 'hold' && ++changes === 1 ? 'refused' : null);
    for (const on of [false, true, false]) {
      hold(on);
      await rig.pass(50);
    }
    await rig.pass(5000);
    expect(isHeldHere()).toBe(false);
    expect([...rig.model.heldHere]).toEqual([]);
    expect(standing()).toEqual([]);
    expect(rig.leaks).toEqual([]);
  });

  it('that ends while its customer is taken back leaves nothing standing', async () => {
    const { rig, sid, hold, standing } = await onHold();
    rig.weather.delayMs = () => 500;
    hold(false);
    await rig.pass(50);
    rig.model.endLeg(sid);
    await rig.pass(8000);
    expect(standing()).toEqual([]);
  });
});

describe('the seat in a call of this desk’s own', () => {
  it('is taken anew when it is lost, its microphone closed', async () => {
    const { rig } = talking();
    const made = rig.supervision.makeConference('a');
    await rig.pass(1500);
    await made;
    const [first] = rig.model.seats();
    rig.model.breakSeat();
    await rig.pass(1500);
    const [second] = rig.model.seats();
    expect(second?.sid).not.toBe(first?.sid);
    expect(rig.lane.state().calls[0]).toMatchObject({
      status: 'live',
      muted: true,
      room: { requested: null, seat: { confirmed: { muted: false } } },
    });
    expect(rig.lane.state().problems[0]?.problem.message).toContain('broke off');
    rig.model.breakSeat();
    await rig.pass(1500);
    expect(rig.model.seats()).toEqual([]);
    expect(rig.leaks).toEqual([]);
  });
});

describe('a call that an earlier run left in a conference', () => {
  it('is found again with its people, and barged into again', async () => {
    const rig = supervisionRig();
    const { sid, maria, room } = leftThere(rig);
    rig.supervision.lookedAt([], [room]);
    expect(rig.room('a')).toMatchObject({
      shape: 'conference',
      legs: [{ sid }, { sid: maria }],
      seat: null,
    });
    rig.supervision.lookedAt([], [room]);
    await rig.supervision.mode('a', 'barge');
    await rig.pass(800);
    expect(rig.lane.state().calls[0]).toMatchObject({ kind: 'direct', muted: true });
    rig.unmute('a');
    await rig.pass(100);
    expect(rig.model.hearing('a', 0)).toEqual([sid, maria]);
    expect(rig.leaks).toEqual([]);
  });

  it('is let go of hold when this desk leaves, as the earlier run cannot do it any more', async () => {
    const rig = supervisionRig();
    const { sid, room } = leftThere(rig);
    rig.model.heldHere.add(sid);
    const legs = room.legs.map(leg => ({ ...leg, held: leg.sid === sid }));
    rig.supervision.lookedAt([], [{ ...room, legs }]);
    rig.supervision.leave('a');
    await rig.pass(1000);
    expect([...rig.model.heldHere]).toEqual([]);
  });

  it('is not taken for one whose sound comes here, nor one that waits alone to be fetched back', () => {
    const rig = supervisionRig();
    const { room } = leftThere(rig);
    rig.supervision.lookedAt([], [{ ...room, legs: room.legs.slice(0, 1) }]);
    expect(rig.room('a')).toBeNull();
    rig.lane.emit({ event: 'stream-started', callId: 'a', streamSid: 'MZ' });
    rig.supervision.lookedAt([], [room]);
    expect(rig.room('a')).toBeNull();
  });
});
