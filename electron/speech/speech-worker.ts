/** Entry of the worker thread that speaks, bundled as out/main/speech-worker.cjs: takes jobs in turn, answers each. */
import { parentPort, workerData } from 'node:worker_threads';
import { synthesise } from './flite.ts';
import type { SpeechJob, SpeechJobDone, SpeechWorkerData } from './speech-job.ts';

const { module }: SpeechWorkerData = workerData;

parentPort?.on('message', (job: SpeechJob) => parentPort?.postMessage(answerTo(job)));

function answerTo({ id, text, voice }: SpeechJob): SpeechJobDone {
  try {
    return { id, samples: synthesise(text, voice, module) };
  } catch (error) {
    return { id, error: String(error) };
  }
}
