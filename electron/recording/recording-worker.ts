/** Entry of the worker thread that writes recordings, bundled as out/main/recording-worker.cjs: takes jobs in turn, answers each. */
import { parentPort } from 'node:worker_threads';
import { freeBytesOf } from './disk-room.ts';
import { createRecordingFiles } from './recording-files.ts';
import type { RecordingJob } from './recording-job.ts';

const files = createRecordingFiles(freeBytesOf);

parentPort?.on('message', (job: RecordingJob) => {
  const answer = files.run(job);
  parentPort?.postMessage(answer, [answer.sound]);
});
