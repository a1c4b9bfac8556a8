import { describe, expect, it } from 'vitest';
import type { LiveCall } from '../../electron/core/call.ts';
import type { Fact } from '../../electron/core/events.ts';
import type { Problem } from '../../electron/core/problem.ts';
import { liveCallFacts, stateAfter } from '../support/builders.ts';
import { DANA, followedFacts, leg, MARIA, roomView, SAM, seat, WHISPERING } from './room-facts.ts';

/** The call after facts, which must have left it live. */
function liveAfter(facts: readonly Fact[]): LiveCall {
  const [call] = stateAfter(facts).calls;
  if (call?.status !== 'live') throw new Error('not live');
  return call;
}

const PROBLEM: Problem = { kind: 'not-confirmed', message: 'No answer.', remedy: 'Try again.' };
const asked = (speaking: boolean): Fact => ({
  event: 'mode-requested',
  callId: 'a',
  mode: 'whisper',
  speaking,
});
const seated: Fact = { event: 'seat-changed', callId: 'a', seat: WHISPERING };
const opened: Fact = { event: 'mute-changed', callId: 'a', on: false };

describe('a call of others that is followed', () => {
  it('is live since it began, with its microphone shut and nothing done in it yet', () => {
    const [followed] = followedFacts('a');
    if (followed === undefined) throw new Error('no facts');
    expect(liveAfter([followed])).toMatchObject({
      kind: 'supervised',
      startedAt: 500,
      answeredAt: 500,
      muted: true,
      stream: false,
      room: { ...roomView(), listening: false, seat: null, requested: null },
    });
  });

  it('is heard, gets a seat and loses it', () => {
    expect(liveAfter(followedFacts('a')).room?.listening).toBe(true);
    const facts = [...followedFacts('a'), seated];
    expect(liveAfter(facts).room?.seat).toEqual(WHISPERING);
    const gone: Fact = { event: 'seat-changed', callId: 'a', seat: null };
    expect(liveAfter([...facts, gone]).room?.seat).toBeNull();
  });

  it('keeps what this desk does while its legs change', () => {
    const legs = [leg('CAa', DANA), leg('CAsam', SAM)];
    const changed: Fact = { event: 'room-changed', callId: 'a', room: roomView({ legs }) };
    expect(liveAfter([...followedFacts('a'), seated, changed]).room).toMatchObject({
      legs,
      listening: true,
      seat: WHISPERING,
    });
  });

  it('takes an opening of the microphone before the answer for none', () => {
    const held: Fact = { event: 'talk-key-changed', held: true };
    const answer: Fact = { event: 'mode-confirmed', callId: 'a', mode: 'whisper', whom: [MARIA] };
    const facts = [...followedFacts('a'), seated, asked(false), opened, held, answer];
    expect(liveAfter(facts).muted).toBe(true);
    expect(stateAfter(facts).talkKeyHeld).toBe(false);
    expect(liveAfter([...facts, opened]).muted).toBe(false);
    const goesOn = [...followedFacts('a'), seated, opened, asked(true), answer];
    expect(liveAfter(goesOn).muted).toBe(false);
  });

  it('shuts its microphone when a mode is asked for, unless the person speaks in it already', () => {
    const before = [...followedFacts('a'), seated, opened];
    expect(liveAfter([...before, asked(false)])).toMatchObject({
      muted: true,
      room: { requested: { mode: 'whisper' } },
    });
    expect(liveAfter([...before, asked(true)])).toMatchObject({ muted: false });
  });

  it('waits for nothing any more once a mode is confirmed or refused', () => {
    const about = { callId: 'a', mode: 'whisper' } as const;
    const confirmed: Fact = { event: 'mode-confirmed', ...about, whom: [MARIA] };
    const refused: Fact = { event: 'mode-refused', ...about, problem: PROBLEM };
    for (const answer of [confirmed, refused]) {
      const call = liveAfter([...followedFacts('a'), asked(false), answer]);
      expect(call).toMatchObject({ muted: true, room: { requested: null } });
    }
  });

  it('leaves behind who took part, without the customer', () => {
    const ended: Fact = { event: 'call-ended', callId: 'a', reason: 'hung-up-there' };
    expect(stateAfter([...followedFacts('a'), ended]).calls).toMatchObject([
      { status: 'ended', kind: 'supervised', answeredAt: 500, others: [MARIA] },
    ]);
  });
});

describe('a direct call', () => {
  it('has legs from the moment others are brought in', () => {
    const changed: Fact = { event: 'room-changed', callId: 'a', room: roomView() };
    expect(liveAfter([...liveCallFacts('a'), changed])).toMatchObject({
      kind: 'direct',
      room: { ...roomView(), seat: null },
    });
  });

  it('has no seat and no mode without legs', () => {
    const facts: Fact[] = [
      { event: 'seat-changed', callId: 'a', seat: seat() },
      { event: 'listening-changed', callId: 'a', on: true },
    ];
    expect(liveAfter([...liveCallFacts('a'), ...facts]).room).toBeNull();
  });

  it('may be served by a voice agent', () => {
    const agent = { name: 'Booker', status: 'serving', whispered: false } as const;
    const served: Fact = { event: 'agent-changed', callId: 'a', agent };
    expect(liveAfter([...liveCallFacts('a'), served]).agent).toEqual(agent);
    const left: Fact = { event: 'agent-changed', callId: 'a', agent: null };
    expect(liveAfter([...liveCallFacts('a'), served, left]).agent).toBeNull();
  });
});
