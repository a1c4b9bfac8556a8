import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES, SAMPLE_RATE_HZ } from '../../../electron/core/audio/frame.ts';
import { Limiter } from '../../../electron/core/audio/limiter.ts';
import { amplitudeAt, joinFrames } from '../../support/tones.ts';

/** -1.5 and -0.3 dB below the full scale of 16 bits. */
const THRESHOLD = 27_571;
const CEILING = 31_656;

/** Both ears of a sound, sample by sample. */
type Source = (index: number) => readonly [left: number, right: number];

const tone = (hz: number, amplitude: number) => (index: number) =>
  amplitude * Math.sin((2 * Math.PI * hz * index) / SAMPLE_RATE_HZ);

const inBothEars = (mono: (index: number) => number): Source => {
  return index => [mono(index), mono(index)];
};

/** What one limiter makes of a sound, frame after frame. */
function limited(source: Source, frames: number): { left: Int16Array; right: Int16Array } {
  const limiter = new Limiter();
  const mix = new Float32Array(FRAME_SAMPLES * 2);
  const into = new Int16Array(FRAME_SAMPLES * 2);
  const whole = Array.from({ length: frames }, (_, frame) => {
    for (let i = 0; i < FRAME_SAMPLES; i += 1) {
      mix.set(source(frame * FRAME_SAMPLES + i), 2 * i);
    }
    limiter.limit(mix, into);
    return into.slice();
  });
  const values = joinFrames(whole);
  return {
    left: values.filter((_, i) => i % 2 === 0),
    right: values.filter((_, i) => i % 2 === 1),
  };
}

const loudest = (samples: Int16Array): number =>
  samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

/** Power that is not in the tone itself, in dB below it. */
function distortion(samples: Int16Array, hz: number): number {
  const power = samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length;
  const own = amplitudeAt(samples, hz) ** 2 / 2;
  return 10 * Math.log10(Math.max(power - own, Number.EPSILON) / own);
}

describe('the limiter', () => {
  it('leaves every sample as it is up to the threshold', () => {
    const { left } = limited(inBothEars(tone(1000, THRESHOLD)), 10);
    expect(left).toEqual(Int16Array.from(left, (_, i) => Math.round(tone(1000, THRESHOLD)(i))));
  });

  it('rounds to the nearest number', () => {
    const { left, right } = limited(() => [0.6, -0.6], 1);
    expect([left[0], right[0]]).toEqual([1, -1]);
  });

  it.each([40_000, 130_000, 1_600_000])('never lets a tone of %i above -0.3 dBFS', amplitude => {
    expect(loudest(limited(inBothEars(tone(437, amplitude)), 50).left)).toBeLessThanOrEqual(
      CEILING,
    );
  });

  it.each([300, 437, 1000, 1013, 3400])(
    'distorts a steady tone of %i Hz by less than -70 dB',
    hz => {
      for (const amplitude of [32_000, 130_000, 1_600_000]) {
        const steady = limited(inBothEars(tone(hz, amplitude)), 100).left.subarray(-8000);
        expect(distortion(steady, hz)).toBeLessThan(-70);
        expect(loudest(steady) / THRESHOLD).toBeCloseTo(1, 2);
      }
    },
  );

  it('sees what is loud later in a frame in time, so that it is not bent', () => {
    const onset = FRAME_SAMPLES / 2;
    const source = inBothEars(i => (i < onset ? 0 : tone(1000, 100_000)(i - onset)));
    expect(loudest(limited(source, 1).left)).toBeLessThanOrEqual(THRESHOLD + 1);
  });

  it('turns both ears down together, so that no voice wanders', () => {
    const { left, right } = limited(i => [tone(437, 90_000)(i), tone(437, 9000)(i)], 50);
    const apart = Array.from(left, (sample, i) => sample - 10 * (right[i] ?? 0));
    expect(loudest(Int16Array.from(apart.slice(FRAME_SAMPLES)))).toBeLessThan(12);
  });

  it('comes back to the very samples about a second after it was loud, and never falls meanwhile', () => {
    const quiet = 1000;
    const source = inBothEars(i => (i < 800 ? tone(1000, 100_000)(i) : quiet));
    const { left } = limited(source, 65);
    const after = left.subarray(800);
    const steps = Array.from(after.subarray(1), (sample, i) => sample - (after[i] ?? 0));
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...steps)).toBeLessThanOrEqual(2);
    expect(after[0]).toBeLessThan(quiet / 3);
    expect(after[SAMPLE_RATE_HZ * 0.15]).toBeGreaterThan(quiet * 0.7);
    expect(after.at(-1)).toBe(quiet);
  });

  it('is not harmed for long by a mix that is no sound at all', () => {
    const source = inBothEars(i => (i < 10 ? Number.POSITIVE_INFINITY : Number.NaN));
    const { left } = limited(i => (i < FRAME_SAMPLES ? source(i) : [1000, 1000]), 80);
    expect(left.at(-1)).toBe(1000);
  });
});
