import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { createMicrophoneFeed } from '../../electron/audio/microphone-feed.ts';
import { createNoiseSuppressor, FULL_RATE_HZ } from '../../electron/audio/noise-suppressor.ts';
import { createResampler } from '../../electron/audio/resampler.ts';
import { synthesise } from '../../electron/speech/flite.ts';
import { loadFlite } from '../../electron/speech/flite-module.ts';
import { correlationAt } from '../support/correlation.ts';
import { joinFrames, rms } from '../support/tones.ts';

const SENTENCE =
  'Good morning, this is the service desk. How may I help you with your order today?';

/** A second of pause before and after, as a person takes them. */
const PAUSE = new Int16Array(8000);

/** How much louder speech is than the noise, as a factor: 10 dB. */
const SPEECH_TO_NOISE = 10 ** (10 / 20);

describe('noise suppression', () => {
  let said: Int16Array;
  let noisy: Int16Array;
  let clean: Int16Array;

  beforeAll(async () => {
    const flite = await loadFlite(fileURLToPath(import.meta.url));
    const speech = synthesise(SENTENCE, { name: 'slt' }, flite);
    said = joinFrames([PAUSE, speech, PAUSE]);
    const noise = whiteNoise(said.length, rms(speech) / SPEECH_TO_NOISE);
    noisy = said.map((sample, i) => sample + (noise[i] ?? 0));
    clean = await withoutNoise(noisy);
  });

  it('takes the noise out of pauses by more than 12 dB', () => {
    const [before, after] = [noisy, clean].map(samples => rms(samples.subarray(4000, 7500)));
    expect(20 * Math.log10((before ?? 0) / Math.max(1, after ?? 0))).toBeGreaterThan(12);
  });

  it('leaves speech as it was: its level within 3 dB, its shape above 0.9', () => {
    const [start, length] = [8000, said.length - 16_000];
    const lag = bestLag(said, clean, start, length);
    expect(correlationAt(said, clean, start, length, lag)).toBeGreaterThan(0.9);
    const level = rms(clean.subarray(start + lag, start + lag + length));
    expect(
      Math.abs(20 * Math.log10(level / rms(said.subarray(start, start + length)))),
    ).toBeLessThan(3);
  });

  it('brings the speech nearer to what was said than it came', () => {
    const [start, length] = [8000, said.length - 16_000];
    const lag = bestLag(said, clean, start, length);
    expect(correlationAt(said, clean, start, length, lag)).toBeGreaterThan(
      correlationAt(said, noisy, start, length, 0),
    );
  });

  it('leaves nothing behind in the global scope', () => {
    expect('WorkerGlobalScope' in globalThis).toBe(false);
  });
});

/** Through the microphone's own way, from a card of 48 kHz. */
async function withoutNoise(samples: Int16Array): Promise<Int16Array> {
  const suppressor = await createNoiseSuppressor();
  const toFull = await createResampler(8000, FULL_RATE_HZ);
  const toPhone = await createResampler(FULL_RATE_HZ, 8000);
  const frames: Int16Array[] = [];
  const feed = createMicrophoneFeed(
    { channels: 1, toPhone, noise: { suppressor, toFull } },
    frame => frames.push(frame),
  );
  for (let at = 0; at < samples.length; at += 80) feed(samples.subarray(at, at + 80));
  suppressor.close();
  return joinFrames(frames);
}

function bestLag(a: Int16Array, b: Int16Array, start: number, length: number): number {
  const fits = Array.from({ length: 800 }, (_, lag) => correlationAt(a, b, start, length, lag, 3));
  return fits.indexOf(Math.max(...fits));
}

/** The same noise each time. */
function whiteNoise(length: number, level: number): Float64Array {
  let seed = 1;
  const next = (): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32 - 0.5;
  };
  return Float64Array.from({ length }, () => next() * Math.sqrt(12) * level);
}
