import { describe, expect, it } from 'vitest';
import { createUpsampler } from '../../electron/offline/upsampler.ts';
import { amplitudeAt, sine } from '../support/tones.ts';

describe('sound for a model of another rate', () => {
  it('keeps its tones and gets no images of them', async () => {
    const upsampler = await createUpsampler(8000, 16_000);
    const found = upsampler.convert(sine(1000, 1000)).subarray(2000, 14_000);
    upsampler.close();
    const tone = amplitudeAt(found, 1000, 16_000);
    expect(amplitudeAt(found, 7000, 16_000)).toBeLessThan(tone / 1000);
  });

  it('is left alone when the rate is the same', async () => {
    const upsampler = await createUpsampler(8000, 8000);
    const samples = Int16Array.of(1, 2, 3);
    expect(upsampler.convert(samples)).toBe(samples);
  });
});
