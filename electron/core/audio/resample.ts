/** How much louder than its aliases a tone stays, in decibels; sets the shape of the Kaiser window. */
const STOP_BAND_DB = 80;

/** Where the pass band ends, as a part of the lower of the two Nyquist frequencies: 3.4 kHz of 4 kHz. */
const PASS_BAND = 0.85;

/** Kernel values kept between two input samples. */
const PHASES = 256;

/**
 * Changes the sample rate with a windowed-sinc low-pass filter whose stop band begins at the lower
 * Nyquist frequency, so nothing above it folds back (Kaiser's formulas, 80 dB). Rates in hertz.
 */
export function resample(samples: Int16Array, fromHz: number, toHz: number): Int16Array {
  if (fromHz === toHz) return samples;
  const scale = Math.min(1, toHz / fromHz);
  const stopEdge = scale / 2;
  const passEdge = stopEdge * PASS_BAND;
  const taps = Math.ceil((STOP_BAND_DB - 8) / (2.285 * 2 * Math.PI * (stopEdge - passEdge)));
  const reach = Math.ceil(taps / 2);
  const kernel = kernelOf((stopEdge + passEdge) / 2, reach);
  const output = new Int16Array(Math.floor((samples.length * toHz) / fromHz));
  for (let i = 0; i < output.length; i += 1) {
    const position = (i * fromHz) / toHz;
    const first = Math.max(0, Math.ceil(position - reach));
    const last = Math.min(samples.length - 1, Math.floor(position + reach));
    let sum = 0;
    for (let j = first; j <= last; j += 1) {
      sum += (samples[j] ?? 0) * (kernel[Math.round(Math.abs(j - position) * PHASES)] ?? 0);
    }
    output[i] = Math.max(-32768, Math.min(32767, Math.round(sum)));
  }
  return output;
}

/** One half of the symmetrical kernel; `cutoff` in cycles per input sample. */
function kernelOf(cutoff: number, reach: number): Float64Array {
  const beta = 0.1102 * (STOP_BAND_DB - 8.7);
  return Float64Array.from({ length: reach * PHASES + 1 }, (_, index) => {
    const x = index / PHASES;
    const angle = 2 * Math.PI * cutoff * x;
    const sinc = angle === 0 ? 1 : Math.sin(angle) / angle;
    const window = bessel(beta * Math.sqrt(1 - (x / reach) ** 2)) / bessel(beta);
    return 2 * cutoff * sinc * window;
  });
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
