import { describe, expect, it } from 'vitest';
import { Fader, panned } from '../../../electron/core/audio/fader.ts';
import { FRAME_SAMPLES, framesOf, SILENCE } from '../../../electron/core/audio/frame.ts';
import { Mixer, scaled } from '../../../electron/core/audio/mixer.ts';
import { amplitudeAt, joinFrames, sine } from '../../support/tones.ts';

const SILENT = panned(0, 0);
const PLAIN = panned(1, 0);

const frame = (value: number): Int16Array => new Int16Array(FRAME_SAMPLES).fill(value);
const both = (value: number): Int16Array => new Int16Array(FRAME_SAMPLES * 2).fill(value);

/** Noise as loud as 16 bits allow, the same at every run. */
function noise(seed: number): () => Int16Array {
  let state = seed;
  return () =>
    frame(0).map(() => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return (state >>> 16) - 32_768;
    });
}

const ear = (mixed: Int16Array, side: 0 | 1): Int16Array => mixed.filter((_, i) => i % 2 === side);

describe('the mixer', () => {
  it('adds voices up, each with its gain, in both ears', () => {
    const mixer = new Mixer();
    mixer.add(frame(1000), new Fader(PLAIN), PLAIN);
    mixer.add(frame(2000), new Fader(panned(0.5, 0)), panned(0.5, 0));
    mixer.add(frame(5000), new Fader(), SILENT);
    expect(mixer.take()).toEqual(both(2000));
  });

  it('gives back a single voice in the middle bit by bit', () => {
    const mixer = new Mixer();
    const fader = new Fader(PLAIN);
    for (const voice of framesOf(sine(440, 200, 0.8))) {
      mixer.add(voice, fader, PLAIN);
      expect(ear(mixer.take(), 0)).toEqual(voice);
    }
  });

  it('puts a voice where it belongs', () => {
    const mixer = new Mixer();
    mixer.add(frame(1000), new Fader(panned(1, -1)), panned(1, -1));
    mixer.add(frame(200), new Fader(panned(1, 0.5)), panned(1, 0.5));
    const mixed = mixer.take();
    expect(ear(mixed, 0)).toEqual(frame(Math.round(1000 + 200 * Math.SQRT1_2)));
    expect(ear(mixed, 1)).toEqual(frame(200));
  });

  it('begins every frame from silence', () => {
    const mixer = new Mixer();
    mixer.add(frame(1000), new Fader(PLAIN), PLAIN);
    mixer.add(frame(1000), new Fader(panned(1, 1)), panned(1, 1));
    mixer.take();
    expect(mixer.take()).toEqual(both(0));
  });

  it('glides to a new gain within 10 ms and stays there', () => {
    const mixer = new Mixer();
    const fader = new Fader();
    mixer.add(frame(8000), fader, PLAIN);
    const left = ear(mixer.take(), 0);
    expect(left.subarray(0, 3)).toEqual(Int16Array.of(100, 200, 300));
    expect(left.subarray(79)).toEqual(frame(8000).subarray(79));
    expect(fader.audible).toBe(true);
  });

  it('fades a voice out before it is silent, and only then is it not audible', () => {
    const mixer = new Mixer();
    const fader = new Fader(PLAIN);
    mixer.add(frame(8000), fader, SILENT);
    expect(ear(mixer.take(), 1).subarray(77, 82)).toEqual(Int16Array.of(200, 100, 0, 0, 0));
    expect(fader.audible).toBe(false);
  });

  it('brings the fader of a voice that says nothing to its target too', () => {
    const mixer = new Mixer();
    const fader = new Fader();
    mixer.add(SILENCE, fader, PLAIN);
    mixer.take();
    mixer.add(frame(1000), fader, PLAIN);
    expect(mixer.take()).toEqual(both(1000));
  });

  it('makes no jump larger than the slope of the sound itself, whatever the gains do', () => {
    const amplitude = 10_000;
    const slope = amplitude * 2 * Math.sin(Math.PI / 8);
    const places = [PLAIN, SILENT, panned(2, 0), panned(0.3, -1), panned(1, 1), panned(2, -0.5)];
    const mixer = new Mixer();
    const fader = new Fader();
    let before = SILENT;
    const last = [0, 0];
    for (const [at, voice] of framesOf(sine(1000, 600, amplitude / 32_767)).entries()) {
      const target = places[(at * 7) % places.length] ?? PLAIN;
      mixer.add(voice, fader, target);
      const mixed = mixer.take();
      for (const side of [0, 1] as const) {
        const [from, to] = side === 0 ? [before.left, target.left] : [before.right, target.right];
        const allowed = slope * Math.max(from, to) + (amplitude * Math.abs(to - from)) / 80 + 2;
        for (const sample of ear(mixed, side)) {
          expect(Math.abs(sample - (last[side] ?? 0))).toBeLessThanOrEqual(allowed);
          last[side] = sample;
        }
      }
      before = target;
    }
  });

  it.each([1, 2, 3, 4, 5])('never clips fifty voices as loud as can be (%i)', seed => {
    const mixer = new Mixer();
    const voices = Array.from({ length: 50 }, (_, i) => {
      const next = noise(seed * 1000 + i);
      return { next, fader: new Fader(), gain: panned(2, (i - 25) / 25) };
    });
    for (let at = 0; at < 20; at += 1) {
      for (const { next, fader, gain } of voices) mixer.add(next(), fader, gain);
      const mixed = mixer.take();
      expect(Math.max(...mixed)).toBeLessThanOrEqual(31_656);
      expect(Math.min(...mixed)).toBeGreaterThanOrEqual(-31_656);
    }
  });

  it('never clips fifty voices that say the same, and does not distort them', () => {
    const mixer = new Mixer();
    const faders = Array.from({ length: 50 }, () => new Fader());
    const heard = framesOf(sine(1000, 1000, 1)).map(voice => {
      for (const fader of faders) mixer.add(voice, fader, PLAIN);
      return ear(mixer.take(), 0);
    });
    const whole = joinFrames(heard);
    const steady = whole.subarray(-4000);
    expect(Math.max(...whole)).toBeLessThanOrEqual(31_656);
    const harmonics = Math.hypot(amplitudeAt(steady, 2000), amplitudeAt(steady, 3000));
    expect(harmonics / amplitudeAt(steady, 1000)).toBeLessThan(0.001);
  });

  it('hands out the same array each time', () => {
    const mixer = new Mixer();
    expect(mixer.take()).toBe(mixer.take());
  });
});

describe('a scaled frame', () => {
  it('is the same frame at gain 1 and never overflows at gain 2', () => {
    const loud = frame(20_000);
    expect(scaled(loud, 1)).toBe(loud);
    expect(scaled(loud, 2)).toEqual(frame(32_767));
  });
});
