import { SAMPLE_RATE_HZ } from '../../electron/core/audio/frame.ts';
import { decodeMulaw, encodeMulaw } from '../../electron/core/audio/mulaw.ts';

/**
 * A tone that glides from 200 to 3000 Hz in 6 s and then anew from a little higher, as the wire carries
 * it: no piece of it is like another. With `pauses` it falls silent for 200 ms every 1.2 s.
 */
export function glidingSound(seconds: number, pauses = false): Int16Array {
  const samples = Int16Array.from({ length: seconds * SAMPLE_RATE_HZ }, (_, i) => {
    const t = i / SAMPLE_RATE_HZ;
    const glide = t % 6;
    const hz = 200 + 13 * Math.floor(t / 6) + (1400 / 6) * glide;
    const loudness = pauses ? Math.min(1, Math.max(0, 50 * (0.5 - Math.abs((t % 1.2) - 0.5)))) : 1;
    return Math.round(9000 * loudness * Math.sin(2 * Math.PI * hz * glide));
  });
  return asOnTheWire(samples);
}

/** As µ-law leaves it, so that what is heard unchanged is equal to the sample. */
export function asOnTheWire(samples: Int16Array): Int16Array {
  return decodeMulaw(encodeMulaw(samples));
}
