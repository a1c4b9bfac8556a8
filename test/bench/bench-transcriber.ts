import { createDeepgram } from '../../electron/cloud-speech/deepgram.ts';
import { createOpenAi } from '../../electron/cloud-speech/openai.ts';
import type { SoundTranscriber } from '../../electron/core/transcriber.ts';
import { createLog } from '../../electron/log.ts';
import { findModel } from '../../electron/offline/model-folder.ts';
import { createOfflineTranscriber } from '../../electron/offline/offline-transcriber.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { measuredRecogniser, type ProcessUse } from './measured-process.ts';

/** What is measured, and what it uses beside this process. */
type MeasuredTranscriber = {
  readonly transcriber: SoundTranscriber;
  /** Who it is, for the heading. */
  readonly title: string;
  readonly use: () => ProcessUse | null;
};

/** Makes the transcriber named. Throws with what to do where it cannot be measured. */
export async function benchTranscriber(
  name: string,
  environment: NodeJS.ProcessEnv,
): Promise<MeasuredTranscriber> {
  const ports = { clock: systemClock, log: createLog('error') };
  switch (name) {
    case 'offline': {
      const libraryPath = environment['EARSHOT_BENCH_LIBRARY'];
      const folder = environment['EARSHOT_BENCH_MODEL'];
      if (libraryPath === undefined || folder === undefined) {
        throw new Error('There is no offline recogniser for this computer.');
      }
      const { path, sampleRateHz } = await findModel(folder);
      const { launch, use } = measuredRecogniser();
      const packs = {
        ready: () => ({ packId: 'bench', libraryPath, modelPath: path, sampleRateHz }),
        condemn: () => {},
        setUser: () => {},
      };
      const transcriber = createOfflineTranscriber({ ...ports, launch, packs });
      return { transcriber, use, title: `offline, ${folder} (${sampleRateHz} Hz)` };
    }
    case 'openai': {
      const key = keyIn(environment, 'OPENAI_API_KEY');
      return {
        transcriber: createOpenAi({ ...ports, key, url: 'wss://api.openai.com' }),
        use: () => null,
        title: name,
      };
    }
    case 'deepgram': {
      const key = keyIn(environment, 'DEEPGRAM_API_KEY');
      return {
        transcriber: createDeepgram({ ...ports, key, url: 'wss://api.deepgram.com' }),
        use: () => null,
        title: name,
      };
    }
    case 'twilio':
      throw new Error(
        'Twilio listens to real calls only: it takes no sound from here. The practice line, which stands in for it, ' +
          'is told the words of its callers and would measure nothing. Call the number of your account and compare.',
      );
    default:
      throw new Error('Name a provider: --provider offline, openai, deepgram or twilio.');
  }
}

function keyIn(environment: NodeJS.ProcessEnv, name: string): () => string {
  const key = environment[name];
  if (key === undefined || key === '') throw new Error(`Set ${name}: the service wants a key.`);
  return () => key;
}
