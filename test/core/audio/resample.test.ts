import { expect, it } from 'vitest';
import { resample } from '../../../electron/core/audio/resample.ts';
import { loudness } from '../../practice/fixture.ts';

function sine(hz: number, rateHz: number): Int16Array {
  return Int16Array.from({ length: rateHz }, (_, index) =>
    Math.round(20_000 * Math.sin((2 * Math.PI * hz * index) / rateHz)),
  );
}

const level = (samples: Int16Array): number => loudness(samples.subarray(400, -400));

it.each([200, 1000, 3000, 3400])('keeps a tone of %i Hz as loud as it was', hz => {
  const before = sine(hz, 16_000);
  const after = resample(before, 16_000, 8000);
  expect(after.length).toBe(8000);
  expect(20 * Math.log10(level(after) / level(before))).toBeCloseTo(0, 1);
});

it.each([4050, 4500, 5000, 6000, 7500])('lets no alias of %i Hz through', hz => {
  const before = sine(hz, 16_000);
  const after = resample(before, 16_000, 8000);
  expect(20 * Math.log10(level(after) / level(before))).toBeLessThan(-70);
});

it('changes between rates that are no multiples of each other', () => {
  const after = resample(sine(1000, 44_100), 44_100, 8000);
  expect(after.length).toBe(8000);
  expect(level(after)).toBeCloseTo(20_000 / Math.SQRT2, -3);
});
