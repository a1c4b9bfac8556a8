import { describe, expect, it } from 'vitest';
import { crossFade, mostAlike } from '../../../electron/core/audio/overlap.ts';
import { sine } from '../../support/tones.ts';

describe('the most alike piece', () => {
  it('lies a whole period away', () => {
    const tone = sine(8000 / 50, 100);
    expect(mostAlike(tone, 0, 20, 80)).toMatchObject({ shift: 50 });
    expect(mostAlike(tone, 400, -80, -20).shift).toBe(-50);
    expect(mostAlike(tone, 0, 20, 80).likeness).toBeGreaterThan(0.99);
  });

  it('is found for a period of an odd number of samples', () => {
    expect(mostAlike(sine(8000 / 63, 100), 0, 20, 80).shift).toBe(63);
  });

  it('is not alike in noise', () => {
    let state = 1;
    const noise = Int16Array.from({ length: 400 }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      return state >> 18;
    });
    expect(mostAlike(noise, 0, 20, 120).likeness).toBeLessThan(0.6);
  });
});

it('fades from one sound into the other in even steps', () => {
  const after = new Int16Array(9);
  crossFade(new Int16Array(9).fill(1000), after);
  expect([...after]).toEqual([900, 800, 700, 600, 500, 400, 300, 200, 100]);
});
