/**
 * Brings 8 kHz to the rate a model was made for with the Speex resampler (WASM), whose images stay
 * below -100 dB at this quality. Source of the calls: speexdsp's speex_resampler.h.
 */

/** Quality 0 to 10. */
const QUALITY = 5;

/** Samples brought over at once: 100 ms. */
const PIECE = 800;

/** Room for rounding beside the samples that come out of one piece. */
const ROOM = 64;

/** Converts one continuous signal. */
export type Upsampler = {
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

/** Makes one. The first call loads the WASM module. */
export async function createUpsampler(fromHz: number, toHz: number): Promise<Upsampler> {
  if (fromHz === toHz) return { convert: samples => samples, close: () => {} };
  loading ??= import('@echogarden/speex-resampler-wasm/simd').then(
    module => module.default() as Promise<SpeexModule>,
  );
  const speex = await loading;
  const mostOut = Math.ceil((PIECE * toHz) / fromHz) + ROOM;
  const input = speex._malloc(PIECE * 2);
  const output = speex._malloc(mostOut * 2);
  const lengths = speex._malloc(8);
  const state = speex._speex_resampler_init(1, fromHz, toHz, QUALITY, lengths);
  const convertPiece = (samples: Int16Array): Int16Array => {
    speex.HEAP16.set(samples, input >> 1);
    speex.HEAP32[lengths >> 2] = samples.length;
    speex.HEAP32[(lengths >> 2) + 1] = mostOut;
    speex._speex_resampler_process_int(state, 0, input, lengths, output, lengths + 4);
    return speex.HEAP16.subarray(
      output >> 1,
      (output >> 1) + (speex.HEAP32[(lengths >> 2) + 1] ?? 0),
    );
  };
  return {
    convert: samples => {
      const converted = new Int16Array(Math.ceil((samples.length * toHz) / fromHz) + ROOM);
      let length = 0;
      for (let at = 0; at < samples.length; at += PIECE) {
        const piece = convertPiece(samples.subarray(at, at + PIECE));
        converted.set(piece, length);
        length += piece.length;
      }
      return converted.subarray(0, length);
    },
    close: () => {
      speex._speex_resampler_destroy(state);
      for (const pointer of [input, output, lengths]) speex._free(pointer);
    },
  };
}
