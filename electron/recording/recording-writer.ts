import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Log } from '../log.ts';
import { freeBytesOf } from './disk-room.ts';
import { createRecordingFiles } from './recording-files.ts';
import type { RecordingAnswer, RecordingJob } from './recording-job.ts';

/** What a writer tells. */
type WriterEvents = {
  readonly onAnswer: (answer: RecordingAnswer) => void;
  /** It ended without being asked to; told once. What it had not answered may not be written. */
  readonly onEnd: (reason: string) => void;
};

/** Writes recordings somewhere else than on the calling thread. */
export type RecordingWriter = {
  /** Hands over a job and its memory. One at a time: it is answered before the next is posted. */
  readonly post: (job: RecordingJob) => void;
  readonly close: () => Promise<void>;
};

/** Starts a writer. */
export type LaunchRecordingWriter = (events: WriterEvents) => RecordingWriter;

/** Writes in a worker thread run from the file `workerPath`. It holds the process only while it has work. */
export function launchWorkerFrom(workerPath: string): LaunchRecordingWriter {
  return ({ onAnswer, onEnd }) => {
    const worker = new Worker(workerPath);
    let over = false;
    const end = (reason: string): void => {
      if (!over) onEnd(reason);
      over = true;
    };
    worker.unref();
    worker.on('message', (answer: RecordingAnswer) => {
      worker.unref();
      onAnswer(answer);
    });
    worker.on('error', error => end(String(error)));
    worker.on('exit', () => end('The thread ended'));
    return {
      post: job => {
        worker.ref();
        worker.postMessage(job, [job.sound]);
      },
      close: async () => {
        over = true;
        await worker.terminate();
      },
    };
  };
}

/** Writes on the calling thread: for tests and wherever no worker file lies beside the program. */
export function launchLocal(freeBytes = freeBytesOf): LaunchRecordingWriter {
  return ({ onAnswer }) => {
    const files = createRecordingFiles(freeBytes);
    return {
      post: job => queueMicrotask(() => onAnswer(files.run(job))),
      close: async () => {},
    };
  };
}

/**
 * The writer for where the program runs: a worker when its bundled file lies beside the running bundle,
 * otherwise (tests run from the sources) the calling thread.
 */
export function recordingWriterHere(log: Log): LaunchRecordingWriter {
  const workerPath = join(
    typeof __dirname === 'string' ? __dirname : process.cwd(),
    'recording-worker.cjs',
  );
  if (existsSync(workerPath)) return launchWorkerFrom(workerPath);
  log.debug('No recording worker beside the program: writing on the main thread');
  return launchLocal();
}
