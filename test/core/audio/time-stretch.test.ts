import { beforeAll, describe, expect, it } from 'vitest';
import { SILENCE } from '../../../electron/core/audio/frame.ts';
import { TimeStretch } from '../../../electron/core/audio/time-stretch.ts';
import { roughness } from '../../support/playout-run.ts';
import { spokenSound } from '../../support/spoken-sound.ts';
import { amplitudeAt, joinFrames } from '../../support/tones.ts';

const SPEEDS = [0.5, 0.75, 1.25, 1.5, 2, 3];

/** A voice held at 300 Hz, with its overtones. */
const voice = Int16Array.from({ length: 80_000 }, (_, i) => {
  let sum = 0;
  for (let h = 1; h <= 8; h += 1) sum += Math.sin((2 * Math.PI * 300 * h * i) / 8000 + h) / h;
  return Math.round(4000 * sum);
});

function readerOf(source: Int16Array): { read: (count: number) => Int16Array; at: () => number } {
  let at = 0;
  return {
    read: count => {
      const samples = source.subarray(at, at + count);
      at += samples.length;
      return samples;
    },
    at: () => at,
  };
}

/** Plays a whole source at one speed. */
function played(source: Int16Array, speed: number): Int16Array {
  const { read } = readerOf(source);
  const stretch = new TimeStretch(read);
  stretch.speed = speed;
  const frames: Int16Array[] = [];
  for (let frame = stretch.pull(); frame !== SILENCE; frame = stretch.pull()) {
    frames.push(frame.slice());
  }
  return joinFrames(frames);
}

/** The strongest frequency between 250 and 350 Hz. */
function pitchOf(samples: Int16Array): number {
  const steps = Array.from({ length: 101 }, (_, i) => 250 + i);
  const strength = steps.map(hz => amplitudeAt(samples, hz));
  return steps[strength.indexOf(Math.max(...strength))] ?? 0;
}

describe('the time stretch', () => {
  let speech: Int16Array;

  beforeAll(async () => {
    speech = await spokenSound(1);
  });

  it('passes everything unchanged at speed 1', () => {
    expect(played(speech, 1).subarray(0, speech.length)).toEqual(speech);
  });

  it.each(SPEEDS)('lasts as long as the speed %s says, within 1 %', speed => {
    for (const source of [voice, speech]) {
      const ratio = (played(source, speed).length * speed) / source.length;
      expect(ratio).toBeGreaterThan(0.99);
      expect(ratio).toBeLessThan(1.01);
    }
  });

  it.each(SPEEDS)('keeps the pitch at speed %s, within 1 %', speed => {
    const middle = played(voice, speed).subarray(4000, 20_000);
    expect(Math.abs(pitchOf(middle) / 300 - 1)).toBeLessThan(0.01);
  });

  it.each(SPEEDS)('does not click at speed %s', speed => {
    for (const source of [voice, speech]) {
      const heard = roughness(played(source, speed));
      const said = roughness(source);
      expect(heard.step).toBeLessThan(1.1 * said.step);
      expect(heard.bend).toBeLessThan(1.2 * said.bend);
    }
  });

  it('changes speed at any moment without a click, and tells what is heard', () => {
    const source = readerOf(speech);
    const stretch = new TimeStretch(source.read);
    const frames: Int16Array[] = [];
    for (let i = 0; i < 400; i += 1) {
      stretch.speed = [1, 1.5, 0.75, 3][Math.floor(i / 7) % 4] ?? 1;
      frames.push(stretch.pull().slice());
    }
    expect(roughness(joinFrames(frames)).step).toBeLessThan(1.1 * roughness(speech).step);
    stretch.speed = 1;
    const place = source.at() - stretch.latency;
    expect(stretch.pull()).toEqual(speech.slice(place, place + 160));
  });

  it('is silent where the source has nothing yet, and goes on when it has', () => {
    let there = 1000;
    let at = 0;
    const stretch = new TimeStretch(count => {
      const samples = voice.subarray(at, Math.min(there, at + count));
      at += samples.length;
      return samples;
    });
    stretch.speed = 1.5;
    for (let i = 0; i < 10; i += 1) stretch.pull();
    expect(stretch.pull()).toBe(SILENCE);
    there = voice.length;
    const heard = joinFrames(Array.from({ length: 50 }, () => stretch.pull().slice()));
    expect((at - stretch.latency - 1000) / heard.length).toBeCloseTo(1.5, 1);
  });

  it('plays from another place after a reset', () => {
    let at = 0;
    const stretch = new TimeStretch(count => {
      at += count;
      return voice.subarray(at - count, at);
    });
    stretch.speed = 2;
    for (let i = 0; i < 5; i += 1) stretch.pull();
    stretch.speed = 1;
    at = 40_000;
    stretch.reset();
    expect(stretch.latency).toBe(0);
    expect(stretch.pull()).toEqual(voice.slice(40_000, 40_160));
  });
});
