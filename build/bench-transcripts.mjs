// npm run bench:transcripts -- --provider offline|openai|deepgram|twilio [--speech <folder of .wav and .txt>]
// [--language en-US] [--model <folder of a Vosk model>] [--fast] [--texts]: prepares whatever is missing, then measures.
import { join, resolve } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { ensureBenchBundle } from './bundles.mjs';
import { become, projectFolder } from './child.mjs';
import { runAsCommand, Stop } from './progress.mjs';
import { prepareTestRecogniser } from './recogniser-runtime.mjs';

await runAsCommand(async () => {
  const args = process.argv.slice(2);
  const at = args.indexOf('--model');
  const [, model] = at === -1 ? [] : args.splice(at, 2);
  if (at !== -1 && model === undefined) throw new Stop('--model wants a folder.');
  await bootstrap([], { build: false });
  await ensureBenchBundle();
  const isOffline = args.includes('offline');
  const recogniser = isOffline ? await prepareTestRecogniser() : undefined;
  const env = recogniser && {
    EARSHOT_BENCH_LIBRARY: recogniser.libraryPath,
    EARSHOT_BENCH_MODEL: model
      ? resolve(model)
      : (recogniser.narrowModelPath ?? recogniser.modelPath),
  };
  const entry = join(projectFolder, 'out', 'bench', 'transcripts.cjs');
  return become(process.execPath, [entry, ...args], { env: { ...process.env, ...env } });
});
