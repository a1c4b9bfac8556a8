import { mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { external, nodeTarget, resamplerData } from '../../build/main-bundle.ts';
import { FRAME_MS, FRAME_SAMPLES, framesOf } from '../../electron/core/audio/frame.ts';
import { encodeMulaw } from '../../electron/core/audio/mulaw.ts';
import type {
  HeardPiece,
  ListeningSession,
  TranscriberListener,
} from '../../electron/core/transcriber.ts';
import { RECOGNISER_PROCESS } from '../../electron/offline/offline-transcriber.ts';
import type { ReadyPack } from '../../electron/offline/pack-store.ts';
import type { Packs } from '../../electron/offline/packs.ts';
import { createLocalSpeaker } from '../../electron/speech/speaker.ts';

const PROJECT = join(import.meta.dirname, '../..');

const speaker = createLocalSpeaker(import.meta.filename);

/** Bundles the recogniser's process as the app has it. @returns the folder, to be removed */
export async function bundleRecogniser(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'recogniser-'));
  await symlink(join(PROJECT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  await build({
    root: PROJECT,
    configFile: false,
    logLevel: 'silent',
    plugins: [resamplerData()],
    ssr: { noExternal: true },
    build: {
      ssr: join(PROJECT, `electron/offline/${RECOGNISER_PROCESS.name}.ts`),
      target: nodeTarget,
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: {
        external,
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          chunkFileNames: '[name]-[hash].cjs',
        },
      },
    },
  });
  return folder;
}

/** A text as a telephone carries it, in frames of µ-law: after so much silence, in ms, which must be whole frames. */
export async function spokenFrames(text: string, quietMs = 0): Promise<readonly Uint8Array[]> {
  const samples = await speaker.speak(text, { name: 'rms' });
  const quiet = (FRAME_SAMPLES * quietMs) / FRAME_MS;
  const padded = new Int16Array(samples.length + quiet);
  padded.set(samples, quiet);
  return framesOf(padded).map(encodeMulaw);
}

/** Somebody says it, and stops. @returns where the sound ends, in ms of the call */
export function sayTalking(
  session: ListeningSession,
  frames: readonly Uint8Array[],
  fromMs: number,
): number {
  session.talking(true, fromMs);
  const endMs = fromMs + frames.length * FRAME_MS;
  frames.forEach((frame, i) => {
    session.feed(fromMs + i * FRAME_MS, frame);
  });
  session.talking(false, endMs);
  session.feed(endMs, new Uint8Array(FRAME_SAMPLES * 25).fill(0xff));
  return endMs + 500;
}

/** Keeps what it is told. */
export function listeningEar() {
  const told: string[] = [];
  const pieces: HeardPiece[] = [];
  const listener: TranscriberListener = {
    onReady: () => told.push('ready'),
    onPiece: piece => {
      pieces.push(piece);
      if (piece.isFinal) told.push(`heard ${piece.id}`);
    },
    onFault: (problem, retryAt) =>
      told.push(`fault ${problem.kind}${retryAt === null ? '' : ', again'}`),
    onBehind: problem => told.push(problem === null ? 'caught up' : 'behind'),
  };
  const finals = (): HeardPiece[] => pieces.filter(({ isFinal }) => isFinal);
  const text = (): string =>
    finals()
      .map(piece => piece.text)
      .join(' ');
  return { listener, told, pieces, finals, text };
}

/** Packs of which one is here for English. @param pack null: none is */
export function packsWith(pack: ReadyPack | null) {
  const condemned: string[] = [];
  let user: Parameters<Packs['setUser']>[0] | null = null;
  return {
    condemned,
    user: () => user,
    ready: (language: string) => (language.startsWith('en') ? pack : null),
    condemn: (id: string) => {
      condemned.push(id);
    },
    setUser: (one: Parameters<Packs['setUser']>[0]) => {
      user = one;
    },
  };
}
