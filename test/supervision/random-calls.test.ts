import { describe, expect, it } from 'vitest';
import { asLive } from '../../electron/core/call.ts';
import { MODES } from '../../electron/core/room.ts';
import { findCall } from '../../electron/core/state.ts';
import { conferenceCall, dialledCall, supervisionRig } from './supervision-rig.ts';
import type { Fault, Weather } from './twilio-model.ts';

/** How many calls are gone through, each from its own seed. */
const CALLS = 250;

/** How many things happen on each. */
const HAPPENINGS = 14;

/** Numbers from 0 to 1 that are the same for the same seed. Source: mulberry32, public domain. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** One call on which people, other desks and the network do what they like. */
async function randomCall(seed: number) {
  const roll = dice(seed);
  const oneOf = <Item>(items: readonly Item[]): Item | undefined =>
    items[Math.floor(roll() * items.length)];
  const faults: readonly Fault[] = ['refused', 'not-sent', 'reply-lost'];
  const isRough = seed % 3 !== 0;
  const weather: Weather = {
    delayMs: () => (isRough && roll() < 0.05 ? 4000 : Math.floor(roll() * 8) * 10),
    fault: () => (isRough && roll() < 0.12 ? (oneOf(faults) ?? null) : null),
    newsMs: () => (roll() < 0.1 ? null : Math.floor(roll() * 30) * 10),
    standMs: seed % 5 === 0 ? 400 : 0,
  };
  const rig = supervisionRig(weather);
  const { supervision, model, lane } = rig;
  const { call } = seed % 4 === 0 ? dialledCall(rig) : conferenceCall(rig, ['Maria', 'Sam']);
  let callId = supervision.listen(call);
  const history: string[] = [];
  const legs = (role: 'customer' | 'agent') =>
    (rig.room(callId)?.legs ?? []).filter(leg => leg.role === role).map(({ sid }) => sid);
  const seat = () => model.seats()[0]?.sid ?? '';
  const conference = () => [...model.rooms.keys()][0] ?? '';
  const happenings: Record<string, () => unknown> = {
    mode: () => {
      const mode = oneOf(MODES) ?? 'listen';
      history.push(mode);
      return supervision.mode(callId, mode, {
        move: true,
        leg: oneOf([undefined, ...legs('agent')]),
      });
    },
    speak: () => rig.unmute(callId),
    key: () => lane.emit({ event: 'talk-key-changed', held: roll() < 0.7 }),
    handBack: () => supervision.handBack(callId),
    hold: () => supervision.holdPerson(callId, oneOf(legs('agent')) ?? '', roll() < 0.5),
    remove: () => supervision.removePerson(callId, oneOf(legs('agent')) ?? ''),
    mute: () => supervision.mutePerson(callId, oneOf(legs('agent')) ?? '', roll() < 0.5),
    add: () => supervision.addPerson(callId, '+14155550188'),
    agentLeaves: () => model.endLeg(oneOf(legs('agent')) ?? ''),
    seatMuted: () => model.changedByOthers(seat(), { muted: roll() < 0.5 }),
    seatCoached: () =>
      model.changedByOthers(seat(), {
        coaching: oneOf([null, ...legs('agent'), ...legs('customer')]) ?? null,
      }),
    seatRemoved: () => model.endLeg(seat()),
    seatBreaks: () => model.breakSeat(),
    heldByOthers: () => model.changedByOthers(oneOf(legs('agent')) ?? '', { held: roll() < 0.5 }),
    joined: () => model.joinBy(conference()),
    stepBack: () => supervision.stepBack('lock'),
  };
  const often = ['mode', 'mode', 'mode', 'mode', 'speak', 'speak', 'speak'];
  for (let i = 0; i < HAPPENINGS; i += 1) {
    const isOver = asLive(findCall(lane.state(), callId)) === null;
    const name = oneOf([...often, ...Object.keys(happenings)]) ?? 'mode';
    history.push(`${rig.clock.now()} ${name}`);
    try {
      if (isOver || roll() < 0.03) {
        if (!isOver) supervision.leave(callId);
        if (!model.legs.has(call.sid)) break;
        callId = supervision.listen({ ...call, ...(rig.room(callId) ?? {}) });
      }
      const done = happenings[name]?.();
      if (done instanceof Promise) done.catch(() => {});
    } catch {
      // Refused: nothing was asked.
    }
    await rig.pass(roll() < 0.2 ? 3000 : roll() * 500, roll() < 0.2 ? 50 : 20);
  }
  Object.assign(weather, { fault: () => null, delayMs: () => 10, newsMs: () => 10 });
  void supervision.close();
  await rig.pass(30_000, 250);
  const left = {
    seats: model.seats().length,
    streams: [...model.streams.values()].map(({ purpose }) => purpose),
    held: [...model.heldHere],
  };
  return { rig, history, left };
}

describe('calls on which anything happens', () => {
  it('never let anybody hear who is not named, and leave nothing behind', async () => {
    for (let seed = 1; seed <= CALLS; seed += 1) {
      const { rig, history, left } = await randomCall(seed);
      const about = `seed ${seed}: ${history.join(', ')}`;
      expect(rig.leaks.slice(0, 3), about).toEqual([]);
      expect(left, about).toEqual({ seats: 0, streams: [], held: [] });
    }
  });
});
