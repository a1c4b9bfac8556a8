import { Worker } from 'node:worker_threads';
import { synthesise, type Voice } from './flite.ts';
import { loadFlite } from './flite-module.ts';
import type { SpeechJob, SpeechJobDone, SpeechWorkerData } from './speech-job.ts';

/** Turns one text into 8 kHz samples, every time anew. */
export type Speaker = {
  speak(text: string, voice: Voice): Promise<Int16Array>;
  close(): Promise<void>;
};

/**
 * Speaks on the calling thread, which stands still for about 2 % of the time the text lasts: for
 * tests and wherever no worker file lies beside the program. `from` is a file near `node_modules`.
 */
export function createLocalSpeaker(from: string): Speaker {
  let module: ReturnType<typeof loadFlite> | undefined;
  return {
    async speak(text, voice) {
      module ??= loadFlite(from);
      return synthesise(text, voice, await module);
    },
    close: async () => {},
  };
}

/**
 * Speaks in a worker thread run from the file `workerPath`, started at the first text. `from` is a
 * file near `node_modules`: the worker's own unless it lies elsewhere.
 */
export function createWorkerSpeaker(workerPath: string, from = workerPath): Speaker {
  const waiting = new Map<number, (done: SpeechJobDone) => void>();
  let worker: Promise<Worker> | undefined;
  let nextId = 1;
  let closed = false;

  const failAll = (reason: string): void => {
    worker = undefined;
    for (const [id, settle] of waiting) settle({ id, error: reason });
    waiting.clear();
  };

  const start = async (): Promise<Worker> => {
    const workerData: SpeechWorkerData = { module: await loadFlite(from) };
    const started = new Worker(workerPath, { workerData });
    started.unref();
    started.on('message', (done: SpeechJobDone) => {
      waiting.get(done.id)?.(done);
      waiting.delete(done.id);
    });
    started.on('error', error => failAll(String(error)));
    started.on('exit', () => failAll('The speech worker ended'));
    return started;
  };

  return {
    async speak(text, voice) {
      if (closed) throw new Error('The speaker is closed');
      worker ??= start().catch((error: unknown) => {
        worker = undefined;
        throw error;
      });
      const running = await worker;
      const job: SpeechJob = { id: nextId, text, voice };
      nextId += 1;
      const done = await new Promise<SpeechJobDone>(resolve => {
        waiting.set(job.id, resolve);
        running.postMessage(job);
      });
      if ('error' in done) throw new Error(done.error);
      return done.samples;
    },
    async close() {
      closed = true;
      const running = await worker?.catch(() => undefined);
      await running?.terminate();
    },
  };
}
