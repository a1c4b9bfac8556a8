/**
 * The recogniser's process: native code that keeps cores busy, needs much memory and may crash, apart
 * from the calls. It does what it is told by messages, and runs below everything else of this app.
 */
import { availableParallelism, constants, setPriority } from 'node:os';
import { createDecodeRounds } from './decode-rounds.ts';
import type { RecogniserReport, RecogniserRequest } from './recogniser-messages.ts';
import { loadVosk, type Vosk, type VoskModel } from './vosk-library.ts';
import { createVoskSide } from './vosk-side.ts';

type ParentPort = {
  postMessage: (message: unknown) => void;
  on: (event: 'message', listener: (event: { data: RecogniserRequest }) => void) => void;
};

type OpenRequest = Extract<RecogniserRequest, { kind: 'open' }>;

const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;

const report = (message: RecogniserReport): void => {
  if (parentPort !== undefined) parentPort.postMessage(message);
  else process.send?.(message);
};

const libraries = new Map<string, Vosk>();
const models = new Map<string, Promise<VoskModel | null>>();
/** The model of each side that listens. */
const modelOf = new Map<number, string>();
const proved = new Set<string>();

const rounds = createDecodeRounds({
  // One core stays for the sound of the calls.
  threads: Math.max(1, availableParallelism() - 1),
  onDecoded: (side, { words, isFinal, throughMs }) => {
    prove(modelOf.get(side));
    report({ kind: 'heard', side, words, isFinal, throughMs });
  },
  onSkipped: (side, { atMs, lengthMs }) => report({ kind: 'skipped', side, atMs, lengthMs }),
  onClosed: side => {
    modelOf.delete(side);
    report({ kind: 'closed', side });
  },
  // Native state that is in doubt is not gone on with.
  onError: () => process.exit(1),
});

function prove(modelPath: string | undefined): void {
  if (modelPath === undefined || proved.has(modelPath)) return;
  proved.add(modelPath);
  report({ kind: 'proved', modelPath });
}

function modelAt({ libraryPath, modelPath }: OpenRequest): Promise<VoskModel | null> {
  const known = models.get(modelPath);
  if (known !== undefined) return known;
  report({ kind: 'loading', modelPath });
  const library = libraries.get(libraryPath) ?? loadVosk(libraryPath);
  libraries.set(libraryPath, library);
  const loading = library.loadModel(modelPath);
  models.set(modelPath, loading);
  return loading;
}

async function open(request: OpenRequest): Promise<void> {
  const { side, modelPath, rateHz } = request;
  modelOf.set(side, modelPath);
  rounds.open(side);
  let detail = 'the model cannot be loaded';
  try {
    const model = await modelAt(request);
    if (model !== null) {
      rounds.begin(side, await createVoskSide(model, rateHz));
      return report({ kind: 'ready', side });
    }
  } catch (error) {
    detail = error instanceof Error ? error.message : String(error);
  }
  models.delete(modelPath);
  rounds.drop(side);
  report({ kind: 'unusable', modelPath, detail });
}

const receive = (request: RecogniserRequest): void => {
  switch (request.kind) {
    case 'open':
      void open(request);
      return;
    case 'sound': {
      let at = 0;
      for (const { side, atMs, length, ends, again } of request.rows) {
        rounds.push(side, atMs, request.mulaw.subarray(at, at + length), ends, again);
        at += length;
      }
      rounds.run();
      report({ kind: 'taken', waitingMs: rounds.lateMs() });
      return;
    }
    case 'close':
      rounds.close(request.side);
      return;
  }
};

try {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
} catch {
  // Not allowed here: it runs like the others.
}

if (parentPort !== undefined) parentPort.on('message', event => receive(event.data));
else {
  process.on('message', receive);
  process.on('disconnect', () => process.exit(0));
}
