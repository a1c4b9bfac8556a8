/**
 * The process that listens for voices: ONNX Runtime and nothing else, apart from the app because it
 * takes time and native code may crash.
 */
import { join } from 'node:path';
import { loadSilero } from './silero.ts';
import { createTalkFinder, type TalkFinder } from './talk-finder.ts';
import type { VoiceActivityReport, VoiceActivityRequest } from './voice-activity-messages.ts';

/** The model, where the build puts it: beside the bundle. */
const MODEL_FILE = 'silero_vad_v5.onnx';

type ParentPort = {
  postMessage: (message: unknown) => void;
  on: (event: 'message', listener: (event: { data: VoiceActivityRequest }) => void) => void;
};

const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;

const report = (message: VoiceActivityReport): void => {
  if (parentPort !== undefined) parentPort.postMessage(message);
  else process.send?.(message);
};

async function load(): Promise<TalkFinder | null> {
  try {
    const finder = createTalkFinder(await loadSilero(join(__dirname, MODEL_FILE)));
    report({ kind: 'ready' });
    return finder;
  } catch (error) {
    report({ kind: 'failed', detail: error instanceof Error ? error.message : String(error) });
    return null;
  }
}

const loading = load();
let queue: Promise<void> = Promise.resolve();

const receive = (request: VoiceActivityRequest): void => {
  queue = queue
    .then(async () => {
      const finder = await loading;
      if (finder !== null) report({ kind: 'heard', turns: await finder.hear(request) });
    })
    .catch(() => process.exit(1));
};

if (parentPort !== undefined) parentPort.on('message', event => receive(event.data));
else {
  process.on('message', receive);
  process.on('disconnect', () => process.exit(0));
}
