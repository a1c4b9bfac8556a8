import { SAMPLE_RATE_HZ } from '../../electron/core/audio/frame.ts';

/** A steady sine: 16-bit samples at `rateHz`. */
export function sine(hz: number, ms: number, gain = 0.5, rateHz = SAMPLE_RATE_HZ): Int16Array {
  return Int16Array.from({ length: Math.round((rateHz * ms) / 1000) }, (_, i) =>
    Math.round(Math.sin((2 * Math.PI * hz * i) / rateHz) * gain * 32767),
  );
}

/** Root mean square of samples, 0 to 32768. */
export function rms(samples: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < samples.length; i += 1) sum += (samples[i] ?? 0) ** 2;
  return Math.sqrt(sum / Math.max(1, samples.length));
}

/** Strength of one frequency in samples, as the amplitude of its sine (Goertzel). */
export function amplitudeAt(
  samples: ArrayLike<number>,
  hz: number,
  rateHz = SAMPLE_RATE_HZ,
): number {
  let re = 0;
  let im = 0;
  for (let i = 0; i < samples.length; i += 1) {
    const angle = (2 * Math.PI * hz * i) / rateHz;
    re += (samples[i] ?? 0) * Math.cos(angle);
    im += (samples[i] ?? 0) * Math.sin(angle);
  }
  return (2 * Math.hypot(re, im)) / Math.max(1, samples.length);
}

/** A key of the telephone sounds at least so long, in samples: 40 ms. */
const KEY_SAMPLES = 320;

/** Whether the key 5 sounds somewhere in what was heard. Source of its frequencies: ITU-T Recommendation Q.23. */
export function hearsKey5(heard: Int16Array | null = null): boolean {
  const samples = heard ?? new Int16Array();
  for (let at = 0; at + KEY_SAMPLES <= samples.length; at += KEY_SAMPLES / 2) {
    const piece = samples.subarray(at, at + KEY_SAMPLES);
    if ([770, 1336].every(hz => amplitudeAt(piece, hz) > 2000)) return true;
  }
  return false;
}

/** Joins frames to one run of samples. */
export function joinFrames(frames: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(frames.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const frame of frames) {
    whole.set(frame, at);
    at += frame.length;
  }
  return whole;
}
