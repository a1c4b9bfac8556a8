// Bundles what Electron runs: the main side, the preload script and the window.
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { licenceList } from './licences.mjs';
import { external, nodeTarget, resamplerData, voiceModel } from './main-bundle.ts';

const project = join(import.meta.dirname, '..');

export default defineConfig({
  main: {
    plugins: [resamplerData(), voiceModel()],
    build: {
      outDir: join(project, 'out/main'),
      target: nodeTarget,
      sourcemap: true,
      externalizeDeps: false,
      rolldownOptions: {
        external,
        input: {
          main: join(project, 'electron/main.ts'),
          headless: join(project, 'electron/headless.ts'),
          practice: join(project, 'electron/practice/standalone.ts'),
          'device-process': join(project, 'electron/audio/device-process.ts'),
          'voice-activity-process': join(
            project,
            'electron/voice-activity/voice-activity-process.ts',
          ),
          'recogniser-process': join(project, 'electron/offline/recogniser-process.ts'),
          'speech-worker': join(project, 'electron/speech/speech-worker.ts'),
          'recording-worker': join(project, 'electron/recording/recording-worker.ts'),
        },
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          chunkFileNames: '[name]-[hash].cjs',
        },
      },
    },
  },
  preload: {
    build: {
      outDir: join(project, 'out/preload'),
      target: nodeTarget,
      externalizeDeps: false,
      rolldownOptions: {
        external: ['electron'],
        input: { preload: join(project, 'electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: join(project, 'renderer'),
    plugins: [react(), licenceList()],
    build: {
      outDir: join(project, 'out/renderer'),
      target: 'chrome130',
      rolldownOptions: { input: join(project, 'renderer/index.html') },
    },
  },
});
