import type { Frame } from './frame.ts';
import { decodeMulaw } from './mulaw.ts';

/** The quietest loudness told apart from silence, in dB relative to full scale. */
const FLOOR_DB = -60;

/** A level byte from here on is taken for speech rather than line noise: about -42 dBFS. */
export const SPEECH_LEVEL = 76;

/** The largest magnitude in a frame, 0 to 32768. */
export function peakOf(frame: Frame): number {
  let peak = 0;
  for (let i = 0; i < frame.length; i += 1) {
    const magnitude = Math.abs(frame[i] ?? 0);
    if (magnitude > peak) peak = magnitude;
  }
  return peak;
}

/** The level byte of every peak from 0 to 32768. */
const LEVELS = Uint8Array.from({ length: 32_769 }, (_, peak) => {
  const decibels = 20 * Math.log10(peak / 32_768);
  return Math.max(0, Math.min(255, Math.round(((decibels - FLOOR_DB) / -FLOOR_DB) * 255)));
});

/** The loudness of a frame as a byte: 0 at -60 dBFS and below, 255 at full scale, linear in decibels. */
export function levelOf(frame: Frame): number {
  return LEVELS[peakOf(frame)] ?? 0;
}

/** The level byte of every µ-law byte, by its inverted magnitude. */
const MULAW_LEVELS = Uint8Array.from({ length: 128 }, (_, magnitude) =>
  levelOf(decodeMulaw(Uint8Array.of(~magnitude & 0xff))),
);

/**
 * The loudness of µ-law sound, or of a part of it, as a byte: louder bytes have, inverted, a larger
 * magnitude (G.711).
 */
export function levelOfMulaw(mulaw: Uint8Array, from = 0, to = mulaw.length): number {
  let loudest = 0;
  for (let i = from; i < to; i += 1) {
    const magnitude = ~(mulaw[i] ?? 0xff) & 0x7f;
    if (magnitude > loudest) loudest = magnitude;
  }
  return MULAW_LEVELS[loudest] ?? 0;
}
