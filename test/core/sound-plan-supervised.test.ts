import { describe, expect, it } from 'vitest';
import type { CallAgent } from '../../electron/core/agent.ts';
import type { Fact } from '../../electron/core/events.ts';
import type { Seat } from '../../electron/core/room.ts';
import { soundPlan } from '../../electron/core/sound-plan.ts';
import { liveCallFacts, stateAfter } from '../support/builders.ts';
import { BARGING, followedFacts, roomView, seat, WHISPERING } from './room-facts.ts';

const toA: Fact = { event: 'microphone-moved', callId: 'a' };
const opened: Fact = { event: 'mute-changed', callId: 'a', on: false };
const seated = (as: Seat | null): Fact => ({ event: 'seat-changed', callId: 'a', seat: as });

function planAfter(...facts: Fact[]) {
  return soundPlan(stateAfter(facts));
}

/** The call the microphone reaches while somebody sits so on a call of others and has opened it. */
function microphoneWith(as: Seat | null, ...facts: Fact[]): string | null {
  return planAfter(...followedFacts('a'), seated(as), opened, toA, ...facts).microphone;
}

describe('the microphone on a call of others', () => {
  it('reaches whom Twilio confirmed', () => {
    expect(microphoneWith(WHISPERING)).toBe('a');
    expect(microphoneWith(BARGING)).toBe('a');
  });

  it.each<[string, Seat | null]>([
    ['without a seat', null],
    ['from a muted seat', seat()],
    ['from a seat that nothing is known of', seat({ confirmed: null })],
    ['from a seat that joins', { ...BARGING, status: 'joining' }],
    ['from a seat that leaves', { ...BARGING, status: 'leaving' }],
    ['from a seat without sound', { ...BARGING, stream: false }],
    ['when the coached leg is none', seat({ confirmed: { muted: false, coaching: 'CAgone' } })],
    ['when the seat is a telephone of its own', { ...BARGING, way: 'phone' }],
  ])('is shut %s', (_, as) => {
    expect(microphoneWith(as)).toBeNull();
  });

  it('is shut while another mode is asked for, also for whoever goes on speaking, and with the talk key', () => {
    const asked: Fact = { event: 'mode-requested', callId: 'a', mode: 'barge', speaking: true };
    const key: Fact = { event: 'talk-key-changed', held: true };
    expect(microphoneWith(WHISPERING, asked, key)).toBeNull();
  });

  it('is shut until a second act, or while the talk key is not held', () => {
    const plan = (...facts: Fact[]) =>
      planAfter(...followedFacts('a'), seated(BARGING), toA, ...facts).microphone;
    expect(plan()).toBeNull();
    expect(plan({ event: 'talk-key-changed', held: true })).toBe('a');
  });
});

describe('what is heard of a call of others', () => {
  it('is the stream beside it, or the seat in its place, never both', () => {
    const from = (...facts: Fact[]) =>
      planAfter(...followedFacts('a'), ...facts).calls.get('a')?.from;
    expect(from()).toBe('monitor');
    expect(from(seated(seat()))).toBe('seat');
    expect(from(seated(seat({ stream: false })))).toBe('monitor');
    expect(from(seated(seat({ way: 'phone' })))).toBe('monitor');
    expect(planAfter(...liveCallFacts('a')).calls.get('a')?.from).toBe('call');
  });

  it('needs the sound card once there is any', () => {
    const [followed, listening] = followedFacts('a');
    if (followed === undefined || listening === undefined) throw new Error('no facts');
    expect(planAfter(followed).card).toBe(false);
    expect(planAfter(followed, listening).card).toBe(true);
    expect(planAfter(followed, seated(seat())).card).toBe(true);
  });

  it('is no music from here on hold: Twilio plays it in a conference', () => {
    const held: Fact = { event: 'hold-changed', callId: 'a', on: true };
    const moved: Fact = { event: 'room-changed', callId: 'a', room: roomView() };
    const plan = planAfter(...liveCallFacts('a'), moved, held);
    expect(plan.calls.get('a')).toMatchObject({ holdMusic: false, gain: 0 });
  });
});

describe('a call that a voice agent serves', () => {
  const served = (change: Partial<CallAgent>): Fact => ({
    event: 'agent-changed',
    callId: 'a',
    agent: { name: 'Booker', status: 'serving', whispered: false, ...change },
  });
  const plan = (change: Partial<CallAgent>) =>
    planAfter(...liveCallFacts('a'), toA, served(change));

  it.each<[Partial<CallAgent>, 'heard' | 'unheard', string | null]>([
    [{}, 'heard', null],
    [{ status: 'connecting' }, 'unheard', null],
    [{ status: 'silent' }, 'unheard', 'a'],
    [{ status: 'lost' }, 'unheard', 'a'],
    [{ whispered: true }, 'heard', 'a'],
    [{ whispered: true, status: 'connecting' }, 'unheard', null],
    [{ whispered: true, status: 'lost' }, 'unheard', null],
  ])('that is %j is %s by the other side, and the microphone reaches %s', (change, agent, to) => {
    const { calls, microphone } = plan(change);
    expect(microphone).toBe(to);
    expect(calls.get('a')).toMatchObject({ agent, toAgent: change.whispered === true });
  });

  it('gives its place up to nobody when it leaves', () => {
    const left: Fact = { event: 'agent-changed', callId: 'a', agent: null };
    const { calls } = planAfter(...liveCallFacts('a'), served({}), left);
    expect(calls.get('a')).toMatchObject({ agent: null, toAgent: false });
  });
});
