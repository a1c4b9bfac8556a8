import { describe, expect, it } from 'vitest';
import { renderDigits, renderHoldMusic, renderRing } from '../../../electron/core/audio/tones.ts';
import { amplitudeAt, rms } from '../../support/tones.ts';

describe('key tones', () => {
  it('sound the row and the column of each key of ITU-T Q.23 and no other', () => {
    const rows = [697, 770, 852, 941];
    const columns = [1209, 1336, 1477];
    const keys = ['123', '456', '789', '*0#'];
    for (const [row, line] of keys.entries()) {
      for (const [column, key] of [...line].entries()) {
        const tone = renderDigits(key).subarray(0, 800);
        for (const [i, hz] of rows.entries()) {
          expect(amplitudeAt(tone, hz) > 4000, `${key} ${hz} Hz`).toBe(i === row);
        }
        for (const [i, hz] of columns.entries()) {
          expect(amplitudeAt(tone, hz) > 4000, `${key} ${hz} Hz`).toBe(i === column);
        }
      }
    }
  });

  it('are 100 ms long with 100 ms between them, and w waits half a second', () => {
    const samples = renderDigits('5w5');
    expect(samples).toHaveLength(800 * 4 + 4000);
    expect(rms(samples.subarray(810, 800 * 2 + 4000))).toBe(0);
    expect(rms(samples.subarray(800 * 2 + 4000, 800 * 3 + 4000))).toBeGreaterThan(3000);
  });
});

describe('the tones of the desk', () => {
  it('begin and end in silence, so that repeating them does not click', () => {
    for (const samples of [renderRing(), renderHoldMusic()]) {
      expect(Math.abs(samples[0] ?? 1)).toBeLessThan(50);
      expect(Math.abs(samples.at(-1) ?? 1)).toBeLessThan(50);
    }
  });
});
