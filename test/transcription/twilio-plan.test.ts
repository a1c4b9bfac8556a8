import { describe, expect, it } from 'vitest';
import { asLive, type LiveCall } from '../../electron/core/call.ts';
import type { Fact } from '../../electron/core/events.ts';
import type { Leg, RoomView } from '../../electron/core/room.ts';
import { findCall } from '../../electron/core/state.ts';
import { bestShape, planOf } from '../../electron/transcription/twilio-plan.ts';
import { introduction, liveCallFacts, stateAfter } from '../support/builders.ts';

function leg(sid: string, role: Leg['role'], change: Partial<Leg> = {}): Leg {
  const name = sid === 'CAc1' ? 'Dana Reyes' : `Agent ${sid}`;
  const party = { number: '+14155550122', name };
  return {
    sid,
    role,
    party,
    isProgram: false,
    status: 'joined',
    held: false,
    muted: false,
    ...change,
  };
}

const conference: RoomView = {
  shape: 'conference',
  conferenceSid: 'CF1',
  legs: [leg('CAc1', 'customer'), leg('CA2', 'agent')],
  others: [],
};

function callAfter(facts: readonly Fact[]): LiveCall {
  const call = asLive(findCall(stateAfter(facts), 'c1'));
  if (call === null) throw new Error('not live');
  return call;
}

const roomChanged = (room: RoomView): Fact => ({ event: 'room-changed', callId: 'c1', room });

/** Who is heard on each track: leg, track, side and name. */
function heard(call: LiveCall): string[] {
  const shape = bestShape(call);
  if (shape === null) return [];
  return planOf(call, shape, 'Robin').legs.flatMap(({ sid, voices }) =>
    Object.entries(voices).map(([track, { speaker, who, whispered, isMusic }]) =>
      [sid, track, speaker, who, whispered && 'whispers', isMusic && 'music']
        .filter(Boolean)
        .join(' '),
    ),
  );
}

describe('what Twilio transcribes', () => {
  it('is both tracks of the only leg of a call of this desk', () => {
    const facts = liveCallFacts('c1');
    expect(heard(callAfter(facts))).toEqual(['CAc1 inbound them', 'CAc1 outbound us']);
    const held: Fact = { event: 'hold-changed', callId: 'c1', on: true };
    expect(heard(callAfter([...facts, held]))).toEqual([
      'CAc1 inbound them',
      'CAc1 outbound us music',
    ]);
  });

  it('is what they say on a call that is carried as words: what is said to them is known', () => {
    const call = callAfter([
      { event: 'call-ringing', ...introduction('c1') },
      { event: 'call-answered', callId: 'c1', carrier: 'gather' },
    ]);
    expect(heard(call)).toEqual(['CAc1 inbound them']);
  });

  it('is what comes in on every leg of a conference, this desk’s own included', () => {
    const seat = {
      way: 'app',
      sid: 'CA9',
      status: 'joined',
      stream: true,
      confirmed: { muted: false, coaching: 'CA2' },
    } as const;
    const others = [
      { sid: 'CA7', name: 'Sam', mode: 'barge' },
      { sid: 'CA8', name: 'Kim', mode: 'whisper' },
    ] as const;
    const call = callAfter([
      ...liveCallFacts('c1'),
      roomChanged({ ...conference, others }),
      { event: 'seat-changed', callId: 'c1', seat },
    ]);
    expect(heard(call)).toEqual([
      'CAc1 inbound them',
      'CA2 inbound us Agent CA2',
      'CA7 inbound us Sam',
      'CA9 inbound us whispers',
    ]);
  });

  it('stays as it was while legs are on their way', () => {
    const ringing = [leg('CAc1', 'customer', { status: 'ringing' })];
    const call = callAfter([...liveCallFacts('c1'), roomChanged({ ...conference, legs: ringing })]);
    expect(bestShape(call)).toBe(null);
    expect(planOf(call, 'each', 'Robin').shape).toBe('both');
  });

  it('is both tracks of the customer’s leg of others’ calls that are no conference', () => {
    const dialled: RoomView = { ...conference, shape: 'dialled', conferenceSid: null };
    const facts = (room: RoomView): Fact[] => [
      { event: 'call-followed', ...introduction('c1'), kind: 'supervised', startedAt: 1, room },
    ];
    expect(heard(callAfter(facts(dialled)))).toEqual([
      'CAc1 inbound them',
      'CAc1 outbound us Agent CA2',
    ]);
    const two = { ...dialled, legs: [...dialled.legs, leg('CA3', 'agent')] };
    expect(heard(callAfter(facts(two)))).toEqual(['CAc1 inbound them', 'CAc1 outbound us']);
  });
});
