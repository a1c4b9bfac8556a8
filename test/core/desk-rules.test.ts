import { describe, expect, it } from 'vitest';
import {
  consequences,
  holdOthers,
  shouldRecord,
  soundFacts,
} from '../../electron/core/desk-rules.ts';
import type { Fact } from '../../electron/core/events.ts';
import { SOUND_OFF } from '../../electron/core/sound.ts';
import { introduction, liveCallFacts, stateAfter } from '../support/builders.ts';

function following(fact: Fact, ...earlier: Fact[]) {
  const before = stateAfter(earlier);
  return consequences(stateAfter([fact], before), { ...fact, at: 9000 }, before);
}

const toA: Fact = { event: 'microphone-moved', callId: 'a' };
const answeredB: Fact = { event: 'call-answered', callId: 'b' };

describe('the rules of the desk', () => {
  it('give the microphone to a call that is answered', () => {
    const [ringing, answered] = liveCallFacts('a');
    if (ringing === undefined || answered === undefined) throw new Error('no facts');
    expect(following(answered, ringing)).toEqual([toA]);
  });

  it('leave the microphone with the call that is spoken on', () => {
    const earlier = [...liveCallFacts('a'), toA, ...liveCallFacts('b').slice(0, 1)];
    expect(following(answeredB, ...earlier)).toEqual([]);
  });

  it('take the microphone back from a call that is over', () => {
    const ended: Fact = { event: 'call-ended', callId: 'a', reason: 'hung-up-there' };
    expect(following(ended, ...liveCallFacts('a'), toA)).toEqual([
      { event: 'microphone-moved', callId: null },
    ]);
  });

  it('give the microphone to a call taken off hold when no other call is spoken on', () => {
    const held: Fact = { event: 'hold-changed', callId: 'a', on: true };
    const resumed: Fact = { event: 'hold-changed', callId: 'a', on: false };
    expect(following(resumed, ...liveCallFacts('a'), held)).toEqual([toA]);
  });

  it('put every call that is spoken on on hold before another begins, except that one', () => {
    const state = stateAfter([
      ...liveCallFacts('a'),
      ...liveCallFacts('b'),
      ...liveCallFacts('c'),
      { event: 'hold-changed', callId: 'b', on: true },
    ]);
    expect(holdOthers(state, 'c')).toEqual([{ event: 'hold-changed', callId: 'a', on: true }]);
  });

  it('give the microphone to a live call of an earlier run, and to none that rings', () => {
    const restored = (answeredAt: number | null): Fact => {
      return { event: 'call-restored', ...introduction('a'), startedAt: 100, answeredAt };
    };
    expect(following(restored(200))).toEqual([toA]);
    expect(following(restored(null))).toEqual([]);
  });

  it('have nothing to do with calls that are no talk', () => {
    const message: Fact = { event: 'call-requested', ...introduction('a'), kind: 'notify' };
    const answered: Fact = { event: 'call-answered', callId: 'a' };
    const words: Fact = { ...answered, carrier: 'gather' };
    const ringing: Fact = { event: 'call-ringing', ...introduction('a') };
    expect(following(answered, message)).toEqual([]);
    expect(following(words, ringing)).toEqual([]);
    expect(holdOthers(stateAfter([message, answered]), null)).toEqual([]);
    expect(holdOthers(stateAfter([ringing, words]), null)).toEqual([]);
  });

  it('raise a sound problem once and clear it when the side works', () => {
    const problem = { kind: 'sound-lost', message: 'Gone.', remedy: 'Wait.' } as const;
    const failed = { ...SOUND_OFF, output: { status: 'failed', problem } } as const;
    const device = { id: 'x', name: 'X', isDefault: true, isBuiltIn: false };
    const open = { ...SOUND_OFF, output: { status: 'open', device } } as const;
    expect(soundFacts(SOUND_OFF, failed)).toEqual([
      { event: 'problem-raised', id: 'sound-output', problem },
    ]);
    expect(soundFacts(failed, failed)).toEqual([]);
    expect(soundFacts(failed, open)).toEqual([{ event: 'problem-cleared', id: 'sound-output' }]);
  });
});

describe('whether a call is recorded from its start', () => {
  it.each([
    ['asked', 'practice', false],
    ['asked', 'twilio', false],
    ['practice', 'practice', true],
    ['practice', 'twilio', false],
    ['account', 'practice', false],
    ['account', 'twilio', true],
    ['always', 'practice', true],
    ['always', 'twilio', true],
  ] as const)('with the setting "%s" on the line "%s" is %s', (record, line, isSo) => {
    expect(shouldRecord({ record }, line)).toBe(isSo);
  });

  it('is what was asked for it, whatever the setting', () => {
    expect(shouldRecord({ record: 'asked' }, 'practice', true)).toBe(true);
    expect(shouldRecord({ record: 'always' }, 'twilio', false)).toBe(false);
  });
});
