import { describe, expect, it } from 'vitest';
import type { Fact } from '../../electron/core/events.ts';
import { soundPlan } from '../../electron/core/sound-plan.ts';
import { introduction, liveCallFacts, stateAfter } from '../support/builders.ts';

const toA: Fact = { event: 'microphone-moved', callId: 'a' };

function microphoneAfter(...facts: Fact[]): string | null {
  return soundPlan(stateAfter(facts)).microphone;
}

describe('the microphone in the sound plan', () => {
  it('is shut without a call', () => {
    expect(microphoneAfter()).toBeNull();
  });

  it('reaches the live call it belongs to', () => {
    expect(microphoneAfter(...liveCallFacts('a'), toA)).toBe('a');
  });

  it('is shut while the stream of its call is not there', () => {
    expect(microphoneAfter(...liveCallFacts('a').slice(0, 2), toA)).toBeNull();
  });

  it('is shut when its call is muted, on hold or over', () => {
    const live = liveCallFacts('a');
    expect(
      microphoneAfter(...live, toA, { event: 'mute-changed', callId: 'a', on: true }),
    ).toBeNull();
    expect(
      microphoneAfter(...live, toA, { event: 'hold-changed', callId: 'a', on: true }),
    ).toBeNull();
    expect(
      microphoneAfter(...live, toA, { event: 'call-ended', callId: 'a', reason: 'failed' }),
    ).toBeNull();
  });

  it('opens on a muted call while the talk key is held, and never on a held call', () => {
    const muted: Fact[] = [
      ...liveCallFacts('a'),
      toA,
      { event: 'mute-changed', callId: 'a', on: true },
    ];
    const key: Fact = { event: 'talk-key-changed', held: true };
    expect(microphoneAfter(...muted, key)).toBe('a');
    expect(
      microphoneAfter(...muted, { event: 'hold-changed', callId: 'a', on: true }, key),
    ).toBeNull();
  });

  it('never reaches two calls', () => {
    expect(microphoneAfter(...liveCallFacts('a'), ...liveCallFacts('b'), toA)).toBe('a');
  });
});

describe('what is heard in the sound plan', () => {
  it('plays each live call at its volume, and a held one not at all', () => {
    const { calls } = soundPlan(
      stateAfter([
        ...liveCallFacts('a'),
        ...liveCallFacts('b'),
        { event: 'volume-changed', callId: 'a', volume: 0.5 },
        { event: 'hold-changed', callId: 'b', on: true },
      ]),
    );
    const own = { pan: 0, from: 'call', agent: null, toAgent: false };
    expect(calls.get('a')).toEqual({ ...own, gain: 0.5, holdMusic: false });
    expect(calls.get('b')).toEqual({ ...own, gain: 0, holdMusic: true });
  });

  it('places each live call where the person put it', () => {
    const facts: Fact[] = [
      ...liveCallFacts('a'),
      { event: 'pan-changed', callId: 'a', pan: -0.5 },
      { event: 'hold-changed', callId: 'a', on: true },
    ];
    expect(soundPlan(stateAfter(facts)).calls.get('a')).toMatchObject({ pan: -0.5 });
  });

  it('rings for an inbound call, softly while somebody is spoken with, and not when switched off', () => {
    const ringing: Fact = { event: 'call-ringing', ...introduction('r') };
    const quiet: Fact = {
      event: 'settings-changed',
      settings: { ...stateAfter([]).settings, ringSound: false },
    };
    expect(soundPlan(stateAfter([ringing])).ring).toBe('ring');
    expect(soundPlan(stateAfter([...liveCallFacts('a'), ringing])).ring).toBe('soft-ring');
    expect(soundPlan(stateAfter([quiet, ringing])).ring).toBe('none');
  });

  it('plays the ringing tone while a dialled number rings', () => {
    const ringing: Fact = { event: 'call-ringing', ...introduction('r', 'outbound') };
    expect(soundPlan(stateAfter([ringing])).ring).toBe('ringback');
  });

  it('plays no ringing tone and wants no sound card for a message', () => {
    const message = { ...introduction('r', 'outbound'), kind: 'notify' } as const;
    const facts: Fact[] = [
      { event: 'call-requested', ...message },
      { event: 'call-ringing', ...message },
    ];
    expect(soundPlan(stateAfter(facts))).toMatchObject({ ring: 'none', card: false });
    const answered: Fact = { event: 'call-answered', callId: 'r' };
    expect(soundPlan(stateAfter([...facts, answered])).card).toBe(false);
  });

  it('is silent about who waits in the queue', () => {
    const facts: Fact[] = [
      { event: 'call-ringing', ...introduction('r') },
      { event: 'call-waiting', callId: 'r' },
    ];
    expect(soundPlan(stateAfter(facts))).toMatchObject({ ring: 'none', card: false });
  });

  it('wants the sound card only while a call stands or sound is checked', () => {
    const ended: Fact = { event: 'call-ended', callId: 'a', reason: 'failed' };
    expect(soundPlan(stateAfter([])).card).toBe(false);
    expect(soundPlan(stateAfter(liveCallFacts('a'))).card).toBe(true);
    expect(soundPlan(stateAfter([...liveCallFacts('a'), ended])).card).toBe(false);
    expect(soundPlan(stateAfter([{ event: 'sound-check-changed', on: true }])).card).toBe(true);
  });
});
