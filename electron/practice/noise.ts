import { SAMPLE_RATE_HZ } from '../core/audio/frame.ts';

/** What can be heard behind a person. */
export type NoiseKind = 'cafe' | 'street';

const LOOP_SECONDS = 11;

/** Loudness of the noise: 25 dB under the voices, which are at −20 dB of full scale. */
const NOISE_RMS = 32767 * 10 ** (-45 / 20);

const loops = new Map<NoiseKind, Int16Array>();

/** Eleven seconds of background noise to be played in a loop, always the same. Never write to it. */
export function noiseLoop(kind: NoiseKind): Int16Array {
  const known = loops.get(kind);
  if (known !== undefined) return known;
  const loop = kind === 'cafe' ? cafe() : street();
  loops.set(kind, loop);
  return loop;
}

/** Many people murmuring over a room's hiss: bands of noise that swell in the rhythm of syllables. */
function cafe(): Int16Array {
  const random = randomNumbers(7);
  const room = band(random, 120, 1200);
  const talkers = [3.1, 3.7, 4.3, 5.2].map((syllablesHz, index) => ({
    syllablesHz,
    voice: band(random, 250 + 60 * index, 900 + 250 * index),
  }));
  return levelled(time => {
    const murmur = talkers.reduce((sum, { syllablesHz, voice }, index) => {
      const syllable = Math.max(0, Math.sin(2 * Math.PI * syllablesHz * time + index));
      const phrase = 0.6 + 0.4 * Math.sin(2 * Math.PI * (0.17 + 0.05 * index) * time);
      return sum + voice() * syllable * phrase;
    }, 0);
    return room() * 0.5 + murmur;
  });
}

/** Traffic: low rumble and cars that pass every few seconds. */
function street(): Int16Array {
  const random = randomNumbers(11);
  const rumble = band(random, 60, 260);
  const tyres = band(random, 300, 1600);
  return levelled(time => {
    const passing = Math.max(0, Math.sin(2 * Math.PI * 0.21 * time)) ** 3;
    return rumble() + tyres() * (0.15 + 0.8 * passing);
  });
}

function levelled(next: (seconds: number) => number): Int16Array {
  const values = Float64Array.from({ length: LOOP_SECONDS * SAMPLE_RATE_HZ }, (_, index) =>
    next(index / SAMPLE_RATE_HZ),
  );
  const rms = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
  return Int16Array.from(values, value => (value * NOISE_RMS) / rms);
}

/** White noise between two frequencies, by two one-pole filters. */
function band(random: () => number, lowHz: number, highHz: number): () => number {
  const lowStep = 1 - Math.exp((-2 * Math.PI * lowHz) / SAMPLE_RATE_HZ);
  const highStep = 1 - Math.exp((-2 * Math.PI * highHz) / SAMPLE_RATE_HZ);
  let below = 0;
  let smooth = 0;
  return () => {
    smooth += highStep * (random() - smooth);
    below += lowStep * (smooth - below);
    return smooth - below;
  };
}

/** Numbers from −1 to 1 that look random and are the same every time (Numerical Recipes' generator). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 0x8000_0000 - 1;
  };
}
