import { describe, expect, it } from 'vitest';
import { createResampler } from '../../electron/audio/resampler.ts';
import { amplitudeAt, joinFrames, rms, sine } from '../support/tones.ts';

/** Converts in pieces of 20 ms, as a call does. */
async function converted(samples: Int16Array, fromHz: number, toHz: number): Promise<Int16Array> {
  const resampler = await createResampler(fromHz, toHz);
  const pieces: Int16Array[] = [];
  for (let at = 0; at < samples.length; at += fromHz / 50) {
    pieces.push(resampler.convert(samples.subarray(at, at + fromHz / 50)));
  }
  resampler.close();
  return joinFrames(pieces);
}

/** 800 ms from the middle of a second, where the filter has settled. */
function middle(samples: Int16Array, rateHz: number): Int16Array {
  return samples.subarray(rateHz * 0.1, rateHz * 0.9);
}

describe('the resampler', () => {
  it('keeps a tone of speech through both directions', async () => {
    const up = await converted(sine(1000, 1000), 8000, 48_000);
    const back = await converted(up, 48_000, 8000);
    const before = amplitudeAt(middle(sine(1000, 1000), 8000), 1000);
    const after = amplitudeAt(middle(back, 8000), 1000);
    expect(Math.abs(after / before - 1)).toBeLessThan(0.05);
  });

  it('makes as many samples as the rate says, from every rate a card has', async () => {
    for (const rateHz of [16_000, 44_100, 48_000, 96_000]) {
      const length = (await converted(sine(1000, 1000), 8000, rateHz)).length;
      expect(Math.abs(length - rateHz) / rateHz, `${rateHz} Hz`).toBeLessThan(0.01);
      const back = (await converted(sine(1000, 1000, 0.5, rateHz), rateHz, 8000)).length;
      expect(Math.abs(back - 8000) / 8000, `${rateHz} Hz`).toBeLessThan(0.01);
    }
  });

  it('gives the same for a long piece as for many short ones', async () => {
    const long = await createResampler(8000, 16_000);
    const whole = long.convert(sine(1000, 1000));
    long.close();
    expect([...whole]).toEqual([...(await converted(sine(1000, 1000), 8000, 16_000))]);
  });

  it('lets nothing alias that a phone line cannot carry', async () => {
    const high = sine(7000, 1000, 0.5, 48_000);
    const low = middle(await converted(high, 48_000, 8000), 8000);
    expect(20 * Math.log10(Math.max(rms(low), 0.001) / rms(high))).toBeLessThan(-60);
  });

  it('gives back the same samples when the rates are the same', async () => {
    const samples = sine(1000, 20);
    const resampler = await createResampler(8000, 8000);
    expect(resampler.convert(samples)).toBe(samples);
    resampler.close();
  });
});
