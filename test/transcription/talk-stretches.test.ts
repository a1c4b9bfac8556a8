import { describe, expect, it } from 'vitest';
import { createTalkStretches } from '../../electron/transcription/talk-stretches.ts';

/** Somebody who talked, each from and to, in ms of the call; the last may go on. */
function talked(...spans: readonly (readonly [number, number?])[]) {
  const stretches = createTalkStretches();
  for (const [from, to] of spans) {
    stretches.talking('them', true, from);
    if (to !== undefined) stretches.talking('them', false, to);
  }
  return stretches;
}

describe('the place of words', () => {
  it('begins with the first talk that has no words yet, and ends with the last', () => {
    const stretches = talked([1000, 1800], [2100, 3000]);
    expect(stretches.beginOf('them', 3400)).toBe(1000);
    expect(stretches.endOf('them', 3500)).toBe(3000);
    expect(stretches.beginOf('them', 3600)).toBe(null);
  });

  it('does not reach into talk that has just begun', () => {
    const stretches = talked([1000, 1800], [2400]);
    expect(stretches.endOf('them', 2500)).toBe(1800);
    expect(stretches.beginOf('them', 3000)).toBe(2400);
  });

  it('goes on where the last words ended while somebody talks on', () => {
    const stretches = talked([1000]);
    expect(stretches.endOf('them', 4000)).toBe(3800);
    expect(stretches.beginOf('them', 5000)).toBe(3800);
    stretches.talking('them', false, 6000);
    expect(stretches.endOf('them', 6300)).toBe(6000);
  });

  it('is not what is left of talk whose end was told late', () => {
    const stretches = talked([1000]);
    stretches.endOf('them', 2100);
    stretches.talking('them', false, 1950);
    expect(stretches.beginOf('them', 2600)).toBe(null);
  });

  it('is not a cough of long ago', () => {
    expect(talked([1000, 1100], [60_000]).beginOf('them', 60_500)).toBe(60_000);
  });

  it('is of one side alone', () => {
    expect(talked([1000]).beginOf('us', 2000)).toBe(null);
    expect(talked([1000]).since('them')).toBe(1000);
    expect(talked([1000, 2000]).since('them')).toBe(null);
  });
});
