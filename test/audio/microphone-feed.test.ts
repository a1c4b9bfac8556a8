import { describe, expect, it } from 'vitest';
import { createMicrophoneFeed } from '../../electron/audio/microphone-feed.ts';
import { createResampler } from '../../electron/audio/resampler.ts';
import { amplitudeAt, joinFrames, sine } from '../support/tones.ts';

const PEAK = 0.5 * 32_767;

/** What calls get of a microphone's samples, taken in pieces of about 10 ms. */
async function captured(samples: Int16Array, rateHz: number, channels: number) {
  const frames: Int16Array[] = [];
  const toPhone = await createResampler(rateHz, 8000);
  const feed = createMicrophoneFeed({ channels, toPhone, noise: null }, frame => {
    frames.push(frame);
  });
  const piece = Math.round(rateHz / 100) * channels;
  for (let at = 0; at < samples.length; at += piece) feed(samples.subarray(at, at + piece));
  return frames;
}

describe('the feed of a microphone', () => {
  it.each([8000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000])(
    'gives frames of 20 ms from %i Hz, fifty a second',
    async rateHz => {
      const frames = await captured(sine(1000, 4000, 0.5, rateHz), rateHz, 1);
      expect(frames.every(({ length }) => length === 160)).toBe(true);
      expect(Math.abs(frames.length - 200)).toBeLessThanOrEqual(1);
      const heard = joinFrames(frames).subarray(1600);
      expect(amplitudeAt(heard, 1000) / PEAK).toBeCloseTo(1, 1);
    },
  );

  it('hears the mean of a microphone with two channels', async () => {
    const one = sine(1000, 1000, 0.5, 48_000);
    const both = new Int16Array(2 * one.length);
    for (const [i, sample] of one.entries()) both[2 * i] = sample;
    const heard = joinFrames(await captured(both, 48_000, 2)).subarray(1600);
    expect(amplitudeAt(heard, 1000) / PEAK).toBeCloseTo(0.5, 1);
  });
});
