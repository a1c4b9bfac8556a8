import { decodeMulaw } from '../core/audio/mulaw.ts';
import { CHUNK_SAMPLES } from './talk-detector.ts';

/** Samples before a chunk that Silero v5 wants with it at 8 kHz. Source: silero-vad, `OnnxWrapper`. */
const CONTEXT_SAMPLES = 32;

/** What the model takes of one side at once. */
export const INPUT_SAMPLES = CONTEXT_SAMPLES + CHUNK_SAMPLES;

/** A gap up to this long is silence within what is said: 400 ms. */
const BRIDGED_SAMPLES = 3200;

/** Sound this far back was heard already; further back time itself was put right: 500 ms. */
const REPEATED_SAMPLES = 4000;

/** The sample of every µ-law byte, of a full scale of 1. */
const SAMPLES = Float32Array.from(
  decodeMulaw(Uint8Array.from({ length: 256 }, (_, byte) => byte)),
  sample => sample / 32_768,
);

/** The sound of one side as chunks without a gap. */
export type SideSound = {
  /** Whether sound at this place follows what came before, so that it can be added. */
  readonly follows: (at: number) => boolean;
  /** Begins anew: what is left over and the context are forgotten. */
  readonly restart: () => void;
  /** Adds sound. @param at its place, in samples of the call */
  readonly add: (at: number, mulaw: Uint8Array) => void;
  /** Whether a whole chunk is there. */
  readonly hasChunk: () => boolean;
  /** Writes the next chunk behind its context. @returns its place, its largest magnitude and its mean square */
  readonly takeChunk: (into: Float32Array, offset: number) => Chunk;
};

type Chunk = { readonly at: number; readonly peak: number; readonly power: number };

/** The sound of a side of which nothing came yet. */
export function createSideSound(): SideSound {
  /** What waits begins behind the context of its first chunk. */
  let samples = new Float32Array(INPUT_SAMPLES * 4);
  let length = CONTEXT_SAMPLES;
  /** Where the next sound belongs; null before the first. */
  let next: number | null = null;

  const makeRoom = (more: number): void => {
    if (length + more <= samples.length) return;
    const larger = new Float32Array(2 * (length + more));
    larger.set(samples.subarray(0, length));
    samples = larger;
  };

  return {
    follows: at => next === null || (at - next <= BRIDGED_SAMPLES && next - at <= REPEATED_SAMPLES),
    restart: () => {
      samples.fill(0, 0, CONTEXT_SAMPLES);
      length = CONTEXT_SAMPLES;
      next = null;
    },
    add: (at, mulaw) => {
      next ??= at;
      const gap = Math.max(0, at - next);
      makeRoom(gap + mulaw.length);
      samples.fill(0, length, length + gap);
      length += gap;
      for (let i = Math.max(0, next - at); i < mulaw.length; i += 1) {
        samples[length] = SAMPLES[mulaw[i] ?? 0xff] ?? 0;
        length += 1;
      }
      next = Math.max(next, at + mulaw.length);
    },
    hasChunk: () => length >= INPUT_SAMPLES,
    takeChunk: (into, offset) => {
      let peak = 0;
      let sum = 0;
      for (let i = CONTEXT_SAMPLES; i < INPUT_SAMPLES; i += 1) {
        const sample = samples[i] ?? 0;
        peak = Math.max(peak, Math.abs(sample));
        sum += sample * sample;
      }
      into.set(samples.subarray(0, INPUT_SAMPLES), offset);
      const at = (next ?? 0) - (length - CONTEXT_SAMPLES);
      samples.copyWithin(0, CHUNK_SAMPLES, length);
      length -= CHUNK_SAMPLES;
      return { at, peak, power: sum / CHUNK_SAMPLES };
    },
  };
}
