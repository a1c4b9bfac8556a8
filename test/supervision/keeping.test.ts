import { describe, expect, it } from 'vitest';
import { introduction, liveCallFacts } from '../support/builders.ts';
import {
  conferenceCall,
  dialledCall,
  type SupervisionRig,
  supervisionRig,
} from './supervision-rig.ts';

/** Maria and Dana, whom this desk brought into a conference from their `<Dial>`. */
async function moved() {
  const rig = supervisionRig();
  const people = dialledCall(rig);
  const callId = rig.supervision.listen(people.call);
  await rig.pass(200);
  await rig.supervision.mode(callId, 'barge', { move: true });
  await rig.pass(2000);
  const [conferenceSid = ''] = rig.model.rooms.keys();
  return { rig, callId, conferenceSid, ...people };
}

/** A call of this desk's own. */
function talking(rig: SupervisionRig): string {
  const sid = rig.model.addLeg();
  rig.lane.emit({ event: 'call-ringing', ...introduction('a'), callSid: sid });
  for (const fact of liveCallFacts('a').slice(1)) rig.lane.emit(fact);
  const line = { ...rig.lane.state().line, number: '+14155550100' };
  rig.lane.emit({ event: 'line-changed', line });
  return sid;
}

const isThere = ({ model }: SupervisionRig, sid: string): boolean => model.legs.has(sid);

describe('a conference that this desk made', () => {
  it('ends when its agent hangs up after the desk left', async () => {
    const { rig, callId, customer, agent } = await moved();
    rig.supervision.leave(callId);
    await rig.pass(30_000, 100);
    expect(isThere(rig, customer)).toBe(true);
    rig.model.endLeg(agent);
    await rig.pass(9000, 100);
    expect(isThere(rig, customer)).toBe(true);
    await rig.pass(3000, 100);
    expect(isThere(rig, customer)).toBe(false);
    const asked = rig.model.asked.length;
    await rig.pass(60_000, 250);
    expect(rig.model.asked).toHaveLength(asked);
  });

  it('ends also when nothing is told of it', async () => {
    const { rig, callId, customer, agent } = await moved();
    rig.supervision.leave(callId);
    await rig.pass(2000);
    rig.weather.newsMs = () => null;
    rig.model.endLeg(agent);
    await rig.pass(40_000, 100);
    expect(isThere(rig, customer)).toBe(false);
  });

  it('goes on while this desk speaks, and ends when it only listens, which is told', async () => {
    const { rig, callId, customer, agent } = await moved();
    rig.model.endLeg(agent);
    await rig.pass(20_000, 100);
    expect(isThere(rig, customer)).toBe(true);
    await rig.supervision.handBack(callId);
    // Nothing is told of a seat that is muted: it is seen when the conference is looked into.
    await rig.pass(17_000, 100);
    expect(rig.lane.state().problems[0]?.problem).toMatchObject({
      message: 'Only Dana is left on the call and hears nothing. It ends in 10 s.',
    });
    await rig.pass(10_000, 100);
    expect(isThere(rig, customer)).toBe(false);
    expect(rig.lane.state().calls[0]).toMatchObject({ status: 'ended', reason: 'hung-up-there' });
    expect(rig.leaks).toEqual([]);
  });

  it('goes on when somebody speaks to whoever was left alone', async () => {
    const { rig, callId, customer, agent } = await moved();
    await rig.supervision.handBack(callId);
    await rig.pass(500);
    rig.model.endLeg(agent);
    await rig.pass(5000, 100);
    expect(rig.lane.state().problems).toHaveLength(1);
    await rig.supervision.mode(callId, 'barge');
    await rig.pass(40_000, 100);
    expect(isThere(rig, customer)).toBe(true);
    expect(rig.lane.state().problems).toEqual([]);
  });

  it('waits for whoever rings, and ends when they do not come', async () => {
    const rig = supervisionRig();
    rig.model.answers = false;
    const customer = talking(rig);
    const handed = rig.supervision.addPerson('a', '+14155550188');
    await rig.pass(1500);
    const legSid = await handed;
    rig.supervision.leave('a');
    await rig.pass(30_000, 100);
    expect(isThere(rig, customer)).toBe(true);
    rig.supervision.told({ kind: 'leg', callSid: legSid, status: 'no-answer' });
    await rig.pass(12_000, 100);
    expect(isThere(rig, customer)).toBe(false);
  });

  it('leaves nobody alone when the desk closes', async () => {
    const { rig, callId, customer, agent } = await moved();
    rig.supervision.leave(callId);
    await rig.pass(2000);
    rig.model.endLeg(agent);
    await rig.pass(1000);
    void rig.supervision.close();
    await rig.pass(500);
    expect(isThere(rig, customer)).toBe(false);
  });
});

describe('a conference that others made', () => {
  it('is theirs: whoever waits there waits on', async () => {
    const rig = supervisionRig();
    const { call, customer, agent } = conferenceCall(rig);
    const callId = rig.supervision.listen(call);
    await rig.supervision.mode(callId, 'barge');
    await rig.pass(600);
    rig.supervision.leave(callId);
    await rig.pass(1000);
    rig.model.endLeg(agent);
    await rig.pass(60_000, 250);
    expect(isThere(rig, customer)).toBe(true);
  });
});

describe('whoever was served in a conference that this desk made, and is elsewhere now', () => {
  it('is not ended there', async () => {
    const { rig, callId, customer, agent, conferenceSid } = await moved();
    rig.supervision.leave(callId);
    await rig.pass(2000);
    // Another program takes them out, and only the muted seat of another desk is left.
    rig.model.rooms.get(conferenceSid)?.people.delete(customer);
    rig.model.changedByOthers(agent, { label: 'seat-Sam', muted: true });
    await rig.pass(60_000, 250);
    expect(isThere(rig, customer)).toBe(true);
  });
});
