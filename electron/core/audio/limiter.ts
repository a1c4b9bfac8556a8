import { FRAME_SAMPLES, SAMPLE_RATE_HZ, type StereoFrame } from './frame.ts';

/** Full scale of 16 bits. */
const FULL_SCALE = 32_768;

/** Peaks are brought down to here, and what stays below is left alone: -1.5 dBFS. */
const THRESHOLD = FULL_SCALE * 10 ** (-1.5 / 20);

/** Nothing is ever louder: -0.3 dBFS, so that resampling for the card has room for its overshoot. */
const CEILING = FULL_SCALE * 10 ** (-0.3 / 20);

/** The way from the threshold to the ceiling. */
const KNEE = CEILING - THRESHOLD;

/** Steps of the gain; it glides evenly within one: 2.5 ms. */
const BLOCK_MS = 2.5;

/** Samples of each ear in a block: 20. */
const BLOCK_SAMPLES = (SAMPLE_RATE_HZ * BLOCK_MS) / 1000;

/** Blocks in a frame: 8. */
const BLOCKS = FRAME_SAMPLES / BLOCK_SAMPLES;

/** Values of both ears in a block. */
const BLOCK_VALUES = BLOCK_SAMPLES * 2;

/** Time constant with which the gain comes back, slow enough not to be heard pumping in speech. */
const RELEASE_MS = 150;

/** Share of the way back that is made in one block. */
const RELEASE = 1 - Math.exp(-BLOCK_MS / RELEASE_MS);

/** A gain this close to 1 becomes 1 with the next block, a step of 0.01 dB. */
const NEARLY_ONE = 0.999;

/**
 * Keeps a stereo mix from clipping, both ears by the same gain, so that no voice wanders. Looks
 * ahead within the frame and therefore delays nothing: the gain is down where a loud block begins.
 * Only a frame whose first 2.5 ms come out of the quiet finds it too high; a soft curve between
 * threshold and ceiling takes those. While a mix stays below the threshold it is only rounded.
 */
export class Limiter {
  readonly #peaks = new Float64Array(BLOCKS);
  #gain = 1;

  /** Limits 20 ms. @param mix left and right interleaved, of any loudness @param into takes the result */
  limit(mix: Float32Array, into: StereoFrame): void {
    const loud = this.#measure(mix);
    if (!loud && this.#gain === 1) {
      round(mix, into, 0, mix.length);
      return;
    }
    for (let block = 0; block < BLOCKS; block += 1) {
      const from = this.#gain;
      const to = nextGain(from, this.#highestGain(block));
      const start = block * BLOCK_VALUES;
      if (from === 1 && to === 1 && (this.#peaks[block] ?? 0) <= THRESHOLD) {
        round(mix, into, start, start + BLOCK_VALUES);
      } else {
        glide(mix, into, start, from, to);
      }
      this.#gain = to;
    }
  }

  /** Finds the peak of each block. @returns whether any is above the threshold */
  #measure(mix: Float32Array): boolean {
    let loud = false;
    for (let block = 0; block < BLOCKS; block += 1) {
      const end = (block + 1) * BLOCK_VALUES;
      let peak = 0;
      for (let i = block * BLOCK_VALUES; i < end; i += 1) {
        const magnitude = Math.abs(mix[i] ?? 0);
        if (magnitude > peak) peak = magnitude;
      }
      this.#peaks[block] = peak;
      if (peak > THRESHOLD) loud = true;
    }
    return loud;
  }

  /** The highest gain allowed where a block ends: neither it nor the next one may come out too loud. */
  #highestGain(block: number): number {
    const peak = Math.max(this.#peaks[block] ?? 0, this.#peaks[block + 1] ?? 0);
    return peak > THRESHOLD ? THRESHOLD / peak : 1;
  }
}

/** The gain one block on: down at once, back up slowly. */
function nextGain(gain: number, highest: number): number {
  if (highest <= gain) return highest;
  const risen = gain + (highest - gain) * RELEASE;
  return highest === 1 && risen > NEARLY_ONE ? 1 : risen;
}

/** To the nearest 16-bit number. The mix lies within them, so adding half and rounding down is enough. */
function round(mix: Float32Array, into: StereoFrame, start: number, end: number): void {
  for (let i = start; i < end; i += 1) into[i] = Math.floor((mix[i] ?? 0) + 0.5);
}

/** One block while the gain moves evenly from one value to another. */
function glide(
  mix: Float32Array,
  into: StereoFrame,
  start: number,
  from: number,
  to: number,
): void {
  const step = (to - from) / BLOCK_SAMPLES;
  let gain = from;
  for (let i = start; i < start + BLOCK_VALUES; i += 2) {
    gain += step;
    into[i] = Math.floor(bent((mix[i] ?? 0) * gain) + 0.5);
    into[i + 1] = Math.floor(bent((mix[i + 1] ?? 0) * gain) + 0.5);
  }
}

/** The value itself below the threshold; above it, it nears the ceiling without reaching it. */
function bent(value: number): number {
  if (value > THRESHOLD) return THRESHOLD + KNEE * Math.tanh((value - THRESHOLD) / KNEE);
  if (value < -THRESHOLD) return -THRESHOLD + KNEE * Math.tanh((value + THRESHOLD) / KNEE);
  return value;
}
