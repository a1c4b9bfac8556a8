import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../log.ts';
import type { Voice } from './flite.ts';
import { createLocalSpeaker, createWorkerSpeaker, type Speaker } from './speaker.ts';

/** The voices of the practice line: each text is spoken once and remembered. */
export type Speech = {
  /** 8 kHz samples of `text`; never write to them. */
  speak(text: string, voice: Voice): Promise<Int16Array>;
  close(): Promise<void>;
};

/** Remembered sound, in samples: 20 minutes at 8 kHz, about 19 MB. */
const REMEMBERED_SAMPLES = 20 * 60 * 8000;

/** Remembers what `speaker` said; the text unused for longest is forgotten first. */
export function createSpeech(speaker: Speaker): Speech {
  const spoken = new Map<string, { readonly speaking: Promise<Int16Array>; length: number }>();
  let remembered = 0;

  const forget = (key: string): void => {
    remembered -= spoken.get(key)?.length ?? 0;
    spoken.delete(key);
  };

  return {
    async speak(text, voice) {
      const key = JSON.stringify([voice.name, voice.stretch, voice.pitchHz, text]);
      const known = spoken.get(key);
      if (known !== undefined) {
        spoken.delete(key);
        spoken.set(key, known);
        return known.speaking;
      }
      const entry = { speaking: speaker.speak(text, voice), length: 0 };
      spoken.set(key, entry);
      try {
        const samples = await entry.speaking;
        entry.length = samples.length;
        remembered += samples.length;
        for (const oldest of spoken.keys()) {
          if (remembered <= REMEMBERED_SAMPLES || oldest === key) break;
          forget(oldest);
        }
        return samples;
      } catch (error) {
        forget(key);
        throw error;
      }
    },
    close: () => speaker.close(),
  };
}

/**
 * The speaker for where the program runs: a worker when its bundled file lies beside the running
 * bundle, otherwise (tests run from the sources) the calling thread.
 */
export function createSpeakerHere(log: Log): Speaker {
  const folder = typeof __dirname === 'string' ? __dirname : process.cwd();
  const workerPath = join(folder, 'speech-worker.cjs');
  if (existsSync(workerPath)) return createWorkerSpeaker(workerPath);
  log.debug('No speech worker beside the program: speaking on the main thread');
  return createLocalSpeaker(join(folder, 'speech.ts'));
}
