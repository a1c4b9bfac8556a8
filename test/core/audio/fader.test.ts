import { describe, expect, it } from 'vitest';
import { Fader, panned } from '../../../electron/core/audio/fader.ts';

describe('a place in the stereo field', () => {
  it('leaves the gain as it is in both ears in the middle', () => {
    expect(panned(1, 0)).toEqual({ left: 1, right: 1 });
    expect(panned(0.4, 0)).toEqual({ left: 0.4, right: 0.4 });
  });

  it('is exactly silent in the far ear at either end', () => {
    expect(panned(1, -1)).toEqual({ left: 1, right: 0 });
    expect(panned(2, 1)).toEqual({ left: 0, right: 2 });
  });

  it('has half the power in the far ear at half way', () => {
    expect(20 * Math.log10(panned(1, -0.5).right)).toBeCloseTo(-3.01, 2);
    expect(panned(1, 0.5)).toEqual({ left: panned(1, -0.5).right, right: 1 });
  });

  it('never makes a voice louder than its gain, and only moves one way', () => {
    let before = 1;
    for (let pan = 0; pan <= 1; pan += 0.01) {
      const { left, right } = panned(1, pan);
      expect(right).toBe(1);
      expect(left).toBeLessThanOrEqual(before);
      before = left;
    }
  });

  it('stays in the field when the place lies outside', () => {
    expect(panned(1, -1.5)).toEqual({ left: 1, right: 0 });
  });
});

describe('a fader', () => {
  it('begins in silence unless told', () => {
    expect(new Fader().audible).toBe(false);
    expect(new Fader({ left: 0, right: 0.1 }).audible).toBe(true);
  });

  it('is audible until it has arrived at silence in both ears', () => {
    const fader = new Fader(panned(1, 0));
    fader.arrive(panned(1, 1));
    expect(fader.audible).toBe(true);
    fader.arrive(panned(0, 1));
    expect(fader.audible).toBe(false);
  });
});
