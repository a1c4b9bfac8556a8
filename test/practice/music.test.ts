import { expect, it } from 'vitest';
import { musicLoop } from '../../electron/practice/music.ts';
import { noiseLoop } from '../../electron/practice/noise.ts';
import { keyTones, tone } from '../../electron/practice/tone.ts';
import { loudness, shareOf } from './fixture.ts';

const decibels = (samples: Int16Array): number => 20 * Math.log10(loudness(samples) / 32767);

it('plays hold music about as loud as a voice, without clipping and without a seam', () => {
  const loop = musicLoop();
  expect(decibels(loop)).toBeGreaterThan(-26);
  expect(decibels(loop)).toBeLessThan(-16);
  expect(Math.max(...loop.map(Math.abs))).toBeLessThan(32767);
  expect(Math.abs((loop[0] ?? 0) - (loop.at(-1) ?? 0))).toBeLessThan(2000);
});

it.each(['cafe', 'street'] as const)('makes %s noise of −45 dB, always the same', kind => {
  expect(decibels(noiseLoop(kind))).toBeCloseTo(-45, 1);
  expect(noiseLoop(kind)).toBe(noiseLoop(kind));
});

it('makes a pure tone of the loudness asked for', () => {
  const sound = tone([1000], 1000, -20);
  expect(decibels(sound)).toBeCloseTo(-20, 0);
  expect(shareOf(1000, sound)).toBeGreaterThan(0.99);
});

it('makes both tones of a key and pauses where asked', () => {
  const sound = keyTones('w#');
  expect(loudness(sound.subarray(0, 4800))).toBe(0);
  const key = sound.subarray(4800, 5600);
  expect(shareOf(941, key)).toBeGreaterThan(0.4);
  expect(shareOf(1477, key)).toBeGreaterThan(0.4);
});
