import { SAMPLE_RATE_HZ } from '../../electron/core/audio/frame.ts';

/** The rate sound has in the page: what echo cancelling and most devices work at. */
export const PAGE_RATE_HZ = 48_000;

/** Samples in the page for one on the phone. */
export const RATE_RATIO = PAGE_RATE_HZ / SAMPLE_RATE_HZ;

/** How much softer what folds back is than the sound itself, in decibels. */
const STOP_BAND_DB = 80;

/** Voices pass up to here; from half the phone's rate on nothing does. Source: ITU-T G.712. */
const PASS_HZ = 3400;

/** Samples of the phone's rate that one filter spans, by Kaiser's formula. It delays by half of them: 4.2 ms. */
const SPAN = Math.ceil(
  ((STOP_BAND_DB - 8) * PAGE_RATE_HZ) /
    (2.285 * 2 * Math.PI * (SAMPLE_RATE_HZ / 2 - PASS_HZ)) /
    RATE_RATIO,
);

const KERNEL = lowPass(SPAN * RATE_RATIO);

/** The filter of each of the samples that come from one, to be laid over the past from its oldest sample on. */
const PHASES = Array.from({ length: RATE_RATIO }, (_, phase) =>
  Float32Array.from(
    { length: SPAN },
    (__, i) => RATE_RATIO * (KERNEL[phase + (SPAN - 1 - i) * RATE_RATIO] ?? 0),
  ),
);

/** The newest samples, oldest first, in one that is twice as long, so that they need not move each time. */
type Past = { readonly kept: Float32Array; readonly length: number; end: number };

function createPast(length: number): Past {
  return { kept: new Float32Array(2 * length), length, end: length };
}

function remember(past: Past, sample: number): void {
  if (past.end === past.kept.length) {
    past.kept.copyWithin(0, past.length);
    past.end = past.length;
  }
  past.kept[past.end] = sample;
  past.end += 1;
}

function filtered({ kept, length, end }: Past, kernel: Float32Array): number {
  const start = end - length;
  let sum = 0;
  for (let i = 0; i < length; i += 1) sum += (kernel[i] ?? 0) * (kept[start + i] ?? 0);
  return sum;
}

/**
 * From the page's rate to the phone's. Keeps its place from one block to the next.
 * @param onSample takes each sample of the phone's rate
 */
export function createDownsampler(
  onSample: (sample: number) => void,
): (block: Float32Array) => void {
  const past = createPast(KERNEL.length);
  let phase = 0;
  return block => {
    for (const sample of block) {
      remember(past, sample);
      phase = (phase + 1) % RATE_RATIO;
      // The filter is the same from both ends.
      if (phase === 0) onSample(filtered(past, KERNEL));
    }
  };
}

/** From the phone's rate to the page's: gives `RATE_RATIO` samples for each. Written over `into` from its start. */
export function createUpsampler(): (samples: Float32Array, into: Float32Array) => void {
  const past = createPast(SPAN);
  return (samples, into) => {
    let at = 0;
    for (const sample of samples) {
      remember(past, sample);
      for (const kernel of PHASES) {
        into[at] = filtered(past, kernel);
        at += 1;
      }
    }
  };
}

/** A low-pass filter of so many taps: a sinc in a Kaiser window, of gain 1. */
function lowPass(taps: number): Float32Array {
  const beta = 0.1102 * (STOP_BAND_DB - 8.7);
  const cutoff = (PASS_HZ + SAMPLE_RATE_HZ / 2) / 2 / PAGE_RATE_HZ;
  const centre = (taps - 1) / 2;
  const raw = Float64Array.from({ length: taps }, (_, i) => {
    const x = i - centre;
    const angle = 2 * Math.PI * cutoff * x;
    const sinc = angle === 0 ? 1 : Math.sin(angle) / angle;
    return sinc * bessel(beta * Math.sqrt(1 - (x / (centre + 0.5)) ** 2));
  });
  const gain = raw.reduce((sum, tap) => sum + tap, 0);
  return Float32Array.from(raw, tap => tap / gain);
}

/** The modified Bessel function of order zero, by its power series. */
function bessel(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-12; k += 1) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
