import { expect, test } from 'vitest';
import {
  createDownsampler,
  createUpsampler,
  PAGE_RATE_HZ,
} from '../../../renderer/sound/phone-rate.ts';
import { amplitudeAt } from '../../support/tones.ts';

const RATE_HZ = 8000;
const SECOND = 1;

/** A tone of full scale at a rate. */
function tone(hz: number, rateHz: number): Float32Array {
  return Float32Array.from({ length: rateHz * SECOND }, (_, i) =>
    Math.sin((2 * Math.PI * hz * i) / rateHz),
  );
}

function toPhone(samples: Float32Array, block = 128): number[] {
  const out: number[] = [];
  const push = createDownsampler(sample => out.push(sample));
  for (let at = 0; at < samples.length; at += block) push(samples.subarray(at, at + block));
  return out;
}

function toPage(samples: Float32Array): Float32Array {
  const out = new Float32Array(samples.length * 6);
  const convert = createUpsampler();
  for (let at = 0; at < samples.length; at += 160) {
    convert(samples.subarray(at, at + 160), out.subarray(at * 6, at * 6 + 960));
  }
  return out;
}

/** Louder or softer than full scale, in decibels. */
const decibels = (amplitude: number): number => 20 * Math.log10(Math.max(1e-9, amplitude));

test.each([100, 300, 1000, 2000, 3300])('a tone of %d Hz passes to the phone as it is', hz => {
  const heard = toPhone(tone(hz, PAGE_RATE_HZ)).slice(800);
  expect(Math.abs(decibels(amplitudeAt(heard, hz, RATE_HZ)))).toBeLessThan(0.05);
});

test.each([
  [4200, 3800],
  [5000, 3000],
  [7000, 1000],
  [12_500, 3500],
  [23_000, 1000],
])('what is at %d Hz does not fold back to %d Hz', (hz, alias) => {
  const heard = toPhone(tone(hz, PAGE_RATE_HZ)).slice(800);
  expect(decibels(amplitudeAt(heard, alias, RATE_HZ))).toBeLessThan(-75);
});

test.each([300, 1000, 3300])('a tone of %d Hz comes from the phone without images', hz => {
  const heard = toPage(tone(hz, RATE_HZ)).subarray(4800);
  expect(Math.abs(decibels(amplitudeAt(heard, hz, PAGE_RATE_HZ)))).toBeLessThan(0.05);
  for (const image of [RATE_HZ - hz, RATE_HZ + hz, 2 * RATE_HZ - hz]) {
    expect(decibels(amplitudeAt(heard, image, PAGE_RATE_HZ)), `${image} Hz`).toBeLessThan(-75);
  }
});

test('blocks of any length give the same sound', () => {
  const samples = tone(440, PAGE_RATE_HZ);
  expect(toPhone(samples, 128)).toEqual(toPhone(samples, 1000));
});

test('there and back delays by 8.4 ms', () => {
  const click = new Float32Array(1600);
  click[800] = 1;
  const back = toPhone(toPage(click));
  const at = back.indexOf(Math.max(...back));
  expect((at - 800) / (RATE_HZ / 1000)).toBeCloseTo(8.4, 0);
});
