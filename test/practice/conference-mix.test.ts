import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES, SILENCE } from '../../electron/core/audio/frame.ts';
import { isHeardBy, mixed } from '../../electron/practice/conference-mix.ts';

type Voice = Parameters<typeof isHeardBy>[0];

function voice(sid: string, more: Partial<Voice> = {}): Voice {
  return {
    call: { sid },
    muted: false,
    hold: false,
    coaching: false,
    callSidToCoach: undefined,
    ...more,
  };
}

function flat(sample: number): Int16Array {
  return new Int16Array(FRAME_SAMPLES).fill(sample);
}

describe('who hears whom', () => {
  const customer = voice('CA1');
  const agent = voice('CA2');

  it.each([
    ['anybody', {}, true, true],
    ['who is muted', { muted: true }, false, false],
    ['who is on hold', { hold: true }, false, false],
    ['a coach', { coaching: true, callSidToCoach: 'CA2' }, false, true],
    ['a muted coach', { muted: true, coaching: true, callSidToCoach: 'CA2' }, false, false],
    ['the coach of somebody gone', { coaching: true, callSidToCoach: 'CA9' }, false, false],
    ['a coach of nobody', { coaching: true }, false, false],
  ])('%s', (_, speaker, byCustomer, byAgent) => {
    const supervisor = voice('CA3', speaker);
    expect(isHeardBy(supervisor, customer)).toBe(byCustomer);
    expect(isHeardBy(supervisor, agent)).toBe(byAgent);
    expect(isHeardBy(customer, supervisor)).toBe(!supervisor.hold);
    expect(isHeardBy(supervisor, supervisor)).toBe(false);
  });

  it('nobody on hold hears anybody', () => {
    expect(isHeardBy(customer, voice('CA2', { hold: true }))).toBe(false);
  });
});

describe('a mix', () => {
  it('is the sum of all, cut where it is too loud', () => {
    expect(mixed([flat(1000), SILENCE, flat(-200), flat(5)])).toEqual(flat(805));
    expect(mixed([flat(30_000), flat(30_000), flat(-1)])).toEqual(flat(32_767));
    expect(mixed([flat(-30_000), flat(-30_000)])).toEqual(flat(-32_768));
  });

  it('of nobody is silence', () => {
    expect(mixed([])).toBe(SILENCE);
    expect(mixed([SILENCE, SILENCE])).toBe(SILENCE);
  });
});
