import { readFile } from 'node:fs/promises';
import { INPUT_SAMPLES } from './side-sound.ts';

/** Numbers the model keeps of a side from chunk to chunk. */
export const STATE_NUMBERS = 256;

/** The model has two layers of so many. */
const LAYER_NUMBERS = 128;

/** Tells voices in many sides at once. */
export type VoiceModel = {
  /**
   * @param count how many sides @param input theirs, one behind the other
   * @param states of the same sides; written to
   * @returns for each the probability of a voice
   */
  readonly run: (
    count: number,
    input: Float32Array,
    states: readonly Float32Array[],
  ) => Promise<Float32Array>;
};

/**
 * Loads Silero VAD v5 for 8 kHz on ONNX Runtime, on one thread. Source of its inputs: silero-vad,
 * `OnnxWrapper`. @throws when the native library cannot be loaded here, or the model not be read
 */
export async function loadSilero(path: string): Promise<VoiceModel> {
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  // Read here: in a package it lies inside an archive, which native code cannot open.
  const session = await InferenceSession.create(await readFile(path), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
  });
  const sr = new Tensor('int64', BigInt64Array.of(8000n), []);
  return {
    run: async (count, input, states) => {
      const layer = count * LAYER_NUMBERS;
      const state = new Float32Array(2 * layer);
      for (const [i, one] of states.entries()) {
        state.set(one.subarray(0, LAYER_NUMBERS), i * LAYER_NUMBERS);
        state.set(one.subarray(LAYER_NUMBERS), layer + i * LAYER_NUMBERS);
      }
      const { output, stateN } = await session.run({
        input: new Tensor('float32', input.slice(0, count * INPUT_SAMPLES), [count, INPUT_SAMPLES]),
        state: new Tensor('float32', state, [2, count, LAYER_NUMBERS]),
        sr,
      });
      const after = numbersOf(stateN?.data);
      for (const [i, one] of states.entries()) {
        const from = i * LAYER_NUMBERS;
        one.set(after.subarray(from, from + LAYER_NUMBERS));
        one.set(after.subarray(layer + from, layer + from + LAYER_NUMBERS), LAYER_NUMBERS);
      }
      return numbersOf(output?.data);
    },
  };
}

function numbersOf(data: unknown): Float32Array {
  if (data instanceof Float32Array) return data;
  throw new TypeError('the model gave something else than numbers');
}
