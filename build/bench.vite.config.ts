// Bundles the benchmarks the way the main side is bundled, so that they measure the same code.
import { join } from 'node:path';
import { defineConfig } from 'vite';
import { external, nodeTarget, resamplerData, voiceModel } from './main-bundle.ts';

const project = join(import.meta.dirname, '..');

export default defineConfig({
  plugins: [resamplerData(), voiceModel()],
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir: join(project, 'out/bench'),
    target: nodeTarget,
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      external,
      input: {
        bench: join(project, 'test/bench/bench.ts'),
        transcripts: join(project, 'test/bench/transcripts.ts'),
        'recogniser-process': join(project, 'electron/offline/recogniser-process.ts'),
        'recording-worker': join(project, 'electron/recording/recording-worker.ts'),
        'voice-activity-process': join(
          project,
          'electron/voice-activity/voice-activity-process.ts',
        ),
      },
      output: {
        format: 'cjs',
        // Otherwise what both share would run the benchmarks inside the worker.
        strictExecutionOrder: true,
        entryFileNames: '[name].cjs',
        chunkFileNames: '[name]-[hash].cjs',
      },
    },
  },
});
