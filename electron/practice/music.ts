import { SAMPLE_RATE_HZ } from '../core/audio/frame.ts';
import { amplitudeOf, samplesIn } from './tone.ts';

/** Four bars of eight quavers, as MIDI note numbers: C, A minor, F, G. */
const MELODY = [
  [60, 64, 67, 72, 67, 64, 67, 64],
  [57, 60, 64, 69, 64, 60, 64, 60],
  [53, 57, 60, 65, 60, 57, 60, 57],
  [55, 59, 62, 67, 71, 67, 62, 59],
];

const NOTE_MS = 260;

/** How long a plucked note rings, in milliseconds; it may ring into the next ones. */
const RING_MS = 900;

/** Strength of each harmonic of a plucked string. */
const HARMONICS = [1, 0.45, 0.25, 0.1];

let loop: Int16Array | undefined;

/** Hold music: about eight seconds of plucked arpeggios that repeat without a seam. Never write to it. */
export function musicLoop(): Int16Array {
  loop ??= melody();
  return loop;
}

function melody(): Int16Array {
  const notes = MELODY.flat();
  const noteSamples = samplesIn(NOTE_MS);
  const values = new Float64Array(notes.length * noteSamples);
  for (const [index, note] of notes.entries()) {
    const hz = 440 * 2 ** ((note - 69) / 12);
    const start = index * noteSamples;
    for (let i = 0; i < samplesIn(RING_MS); i += 1) {
      const at = (start + i) % values.length;
      values[at] = (values[at] ?? 0) + plucked(hz, i / SAMPLE_RATE_HZ);
    }
  }
  const gain = amplitudeOf(-20);
  return Int16Array.from(values, value => value * gain);
}

function plucked(hz: number, seconds: number): number {
  const attack = Math.min(1, seconds / 0.004);
  const decay = Math.exp(-seconds * 4) * Math.min(1, (RING_MS / 1000 - seconds) / 0.05);
  return HARMONICS.reduce(
    (sum, strength, index) =>
      sum + strength * attack * decay * Math.sin(2 * Math.PI * hz * (index + 1) * seconds),
    0,
  );
}
