import { describe, expect, it } from 'vitest';
import { encodeMulaw } from '../../../electron/core/audio/mulaw.ts';
import { SampleRing } from '../../../electron/core/audio/sample-ring.ts';
import { asOnTheWire, glidingSound } from '../../support/gliding-sound.ts';
import { roughness } from '../../support/playout-run.ts';
import { sine } from '../../support/tones.ts';

const sound = glidingSound(5);
const mulaw = encodeMulaw(sound);

function take(ring: SampleRing, count: number): Int16Array {
  const samples = new Int16Array(count);
  ring.take(samples);
  return samples;
}

describe('the sample ring', () => {
  it('gives back what it took, in pieces of any length, round and round', () => {
    const ring = new SampleRing();
    let from = 0;
    let heard = 0;
    for (let piece = 1; from + piece <= mulaw.length; piece = (piece * 7) % 401) {
      ring.append(mulaw.subarray(from, from + piece), 0, 0);
      from += piece;
      while (ring.depth >= 160) {
        expect(take(ring, 160)).toEqual(sound.slice(heard, heard + 160));
        heard += 160;
      }
    }
    expect(heard).toBeGreaterThan(38_000);
  });

  it('remembers when each piece arrived', () => {
    const ring = new SampleRing();
    for (let i = 0; i < 10; i += 1) ring.append(mulaw.subarray(i * 160, i * 160 + 160), 0, 100 + i);
    expect(ring.arrivedAtMs(80)).toBe(100);
    ring.advance(480);
    expect(ring.arrivedAtMs(80)).toBe(103);
  });

  it('leaves sound out without a step, and what was played stays what was heard', () => {
    const tone = asOnTheWire(sine(200, 200));
    const ring = new SampleRing();
    ring.append(encodeMulaw(tone), 0, 0);
    const before = take(ring, 400);
    ring.jump(60, 40);
    const after = take(ring, 400);
    expect(roughness(Int16Array.from([...before, ...after])).step).toBeLessThanOrEqual(
      roughness(tone).step,
    );
    expect(ring.depth).toBe(1600 - 800 - 60);
    expect(ring.read(-600, new Int16Array(200))).toEqual(before.slice(200, 400));
  });

  it('plays sound again when it goes back', () => {
    const ring = new SampleRing();
    ring.append(mulaw.subarray(0, 800), 0, 0);
    take(ring, 400);
    ring.jump(-80, 40);
    expect(ring.depth).toBe(480);
    expect(take(ring, 480).slice(40)).toEqual(sound.slice(360, 800));
  });

  it('tells how long it stays quiet', () => {
    const ring = new SampleRing();
    const samples = new Int16Array(300);
    samples[200] = 1000;
    ring.appendSamples(samples);
    expect(ring.quietFrom(0, 300)).toBe(200);
    expect(ring.quietFrom(0, 100)).toBe(100);
    expect(ring.quietFrom(201, 99)).toBe(99);
    expect(ring.quietFrom(200, 100)).toBe(0);
  });
});
