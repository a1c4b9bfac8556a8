import { createSampleQueue } from './sample-queue.ts';

/** The rate RNNoise was trained at, and the only one it takes. */
export const FULL_RATE_HZ = 48_000;

/** Takes noise out of one continuous mono signal at 48 kHz. */
export type NoiseSuppressor = {
  /** Takes any number of samples, and gives as many as are ready: whole blocks of 10 ms. */
  readonly suppress: (samples: Int16Array) => Int16Array;
  readonly close: () => void;
};

type Rnnoise = import('@shiguredo/rnnoise-wasm').Rnnoise;

let loading: Promise<Rnnoise> | undefined;

/**
 * Makes a suppressor: RNNoise, a small recurrent network that knows speech from everything else. It
 * adds 20 ms and costs 1.6 ms of processor time for each 20 ms of sound. The first call loads
 * the WASM module, in about 60 ms. Rejects where it cannot be loaded.
 */
export async function createNoiseSuppressor(): Promise<NoiseSuppressor> {
  loading ??= load();
  const state = (await loading).createDenoiseState();
  const block = new Float32Array((await loading).frameSize);
  const waiting = createSampleQueue();
  return {
    suppress: samples => {
      waiting.push(samples);
      const blocks = Math.floor(waiting.length() / block.length);
      const clean = new Int16Array(blocks * block.length);
      for (let at = 0; at < clean.length; at += block.length) {
        block.set(waiting.take(block.length));
        state.processFrame(block);
        for (let i = 0; i < block.length; i += 1) clean[at + i] = bounded(block[i] ?? 0);
      }
      return clean;
    },
    close: () => state.destroy(),
  };
}

/** The package is built for browsers and refuses where it sees neither a window nor a worker, though it needs nothing of them. */
async function load(): Promise<Rnnoise> {
  const scope = globalThis as { WorkerGlobalScope?: unknown };
  const isAlone = scope.WorkerGlobalScope === undefined;
  if (isAlone) scope.WorkerGlobalScope = Object;
  try {
    const { Rnnoise } = await import('@shiguredo/rnnoise-wasm');
    return await Rnnoise.load();
  } finally {
    if (isAlone) delete scope.WorkerGlobalScope;
  }
}

function bounded(sample: number): number {
  return Math.max(-32_768, Math.min(32_767, Math.round(sample)));
}
