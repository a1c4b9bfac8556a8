import { SAMPLE_RATE_HZ } from '../core/audio/frame.ts';

/** Fade at both ends of a tone, in samples (5 ms), so that it does not click. */
const FADE_SAMPLES = 40;

/** The row and column frequencies of each key in hertz. Source: ITU-T Recommendation Q.23. */
const KEYS: Readonly<Record<string, readonly [number, number]>> = {
  1: [697, 1209],
  2: [697, 1336],
  3: [697, 1477],
  A: [697, 1633],
  4: [770, 1209],
  5: [770, 1336],
  6: [770, 1477],
  B: [770, 1633],
  7: [852, 1209],
  8: [852, 1336],
  9: [852, 1477],
  C: [852, 1633],
  '*': [941, 1209],
  0: [941, 1336],
  '#': [941, 1477],
  D: [941, 1633],
};

const KEY_TONE_MS = 100;
const KEY_GAP_MS = 100;

/** Ring-back and the busy signal of North America, in hertz and milliseconds. */
export const RING_BACK = { hz: [440, 480], onMs: 2000, offMs: 4000 } as const;

/** The peak amplitude of a sine whose RMS is `db` decibels relative to full scale. */
export function amplitudeOf(db: number): number {
  return 32767 * 10 ** (db / 20) * Math.SQRT2;
}

/** The number of samples in `ms` milliseconds. */
export function samplesIn(ms: number): number {
  return Math.round((ms * SAMPLE_RATE_HZ) / 1000);
}

/** A steady tone of one or more frequencies, each at `db` decibels relative to full scale. */
export function tone(frequenciesHz: readonly number[], ms: number, db = -18): Int16Array {
  const amplitude = amplitudeOf(db);
  return faded(
    Int16Array.from({ length: samplesIn(ms) }, (_, index) => {
      const time = (2 * Math.PI * index) / SAMPLE_RATE_HZ;
      return frequenciesHz.reduce((sum, hz) => sum + amplitude * Math.sin(time * hz), 0);
    }),
  );
}

/** A tone that glides evenly from one frequency to another. */
export function chirp(fromHz: number, toHz: number, ms: number, db = -18): Int16Array {
  const amplitude = amplitudeOf(db);
  const seconds = ms / 1000;
  return faded(
    Int16Array.from({ length: samplesIn(ms) }, (_, index) => {
      const time = index / SAMPLE_RATE_HZ;
      const turns = fromHz * time + ((toHz - fromHz) * time * time) / (2 * seconds);
      return amplitude * Math.sin(2 * Math.PI * turns);
    }),
  );
}

/** Key tones as a telephone makes them; `w` waits half a second, `W` a whole one, other characters are skipped. */
export function keyTones(digits: string): Int16Array {
  const parts = [...digits].map(digit => {
    if (digit === 'w' || digit === 'W')
      return new Int16Array(samplesIn(digit === 'w' ? 500 : 1000));
    const key = KEYS[digit.toUpperCase()];
    return key === undefined ? new Int16Array(0) : tone(key, KEY_TONE_MS, -15);
  });
  const gap = new Int16Array(samplesIn(KEY_GAP_MS));
  return joined(parts.flatMap(part => [part, gap]));
}

/** One sound after another. */
export function joined(parts: readonly Int16Array[]): Int16Array {
  const samples = new Int16Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    samples.set(part, at);
    at += part.length;
  }
  return samples;
}

function faded(samples: Int16Array): Int16Array {
  const length = Math.min(FADE_SAMPLES, Math.floor(samples.length / 2));
  for (let i = 0; i < length; i += 1) {
    const end = samples.length - 1 - i;
    samples[i] = (samples[i] ?? 0) * (i / length);
    samples[end] = (samples[end] ?? 0) * (i / length);
  }
  return samples;
}
