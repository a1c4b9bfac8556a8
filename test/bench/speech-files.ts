import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createResampler } from '../../electron/audio/resampler.ts';
import {
  FRAME_MS,
  FRAME_SAMPLES,
  framesOf,
  SAMPLE_RATE_HZ,
} from '../../electron/core/audio/frame.ts';
import { encodeMulaw } from '../../electron/core/audio/mulaw.ts';
import { readWav } from '../../electron/core/audio/wav.ts';
import type { Voice } from '../../electron/speech/flite.ts';
import { createLocalSpeaker } from '../../electron/speech/speaker.ts';

/** Something said, as a telephone carries it. */
export type SpeechFile = {
  readonly name: string;
  readonly text: string;
  /** Frames of 8 kHz µ-law, with a little silence around what is said. */
  readonly frames: readonly Uint8Array[];
};

const QUIET_MS = 400;
const PIECE_S = 0.1;

const SENTENCES = [
  'Good morning, thank you for calling. How may I help you today?',
  'I would like to ask about the order that I placed last week.',
  'It has not arrived, and nobody could tell me where it is.',
  'Could you please give me the number of the order?',
  'The number is four seven one nine two.',
  'Let me have a look. One moment, please.',
  'It was sent on Monday and should be with you tomorrow.',
  'If it does not arrive, we will send you another one.',
  'Thank you very much for your help. Goodbye.',
  'You are welcome. Have a nice day.',
];

const VOICES: readonly Voice[] = [{ name: 'slt' }, { name: 'rms' }, { name: 'awb' }];

/** The .wav files of a folder that have a .txt of the same name beside them. Throws when there is none. */
export async function speechIn(folder: string): Promise<readonly SpeechFile[]> {
  const names = (await readdir(folder)).filter(name => name.endsWith('.wav')).sort();
  const files: SpeechFile[] = [];
  for (const name of names) {
    const text = await readFile(join(folder, name.replace(/\.wav$/, '.txt')), 'utf8').catch(
      () => null,
    );
    if (text === null) continue;
    const { sampleRateHz, samples } = readWav(await readFile(join(folder, name)));
    files.push({ name, text, frames: onTheWire(await toTelephone(samples, sampleRateHz)) });
  }
  if (files.length === 0) throw new Error(`${folder} holds no .wav file with a .txt beside it`);
  return files;
}

/** Sentences of calls, said by the voices of the practice line. */
export async function spokenSentences(): Promise<readonly SpeechFile[]> {
  const speaker = createLocalSpeaker(__filename);
  const files: SpeechFile[] = [];
  for (const voice of VOICES) {
    for (const [i, text] of SENTENCES.entries()) {
      files.push({
        name: `${voice.name} ${i + 1}`,
        text,
        frames: onTheWire(await speaker.speak(text, voice)),
      });
    }
  }
  return files;
}

async function toTelephone(samples: Int16Array, rateHz: number): Promise<Int16Array> {
  const resampler = await createResampler(rateHz, SAMPLE_RATE_HZ);
  const pieces: Int16Array[] = [];
  const step = Math.floor(rateHz * PIECE_S);
  for (let at = 0; at < samples.length; at += step) {
    pieces.push(resampler.convert(samples.subarray(at, at + step)).slice());
  }
  resampler.close();
  const all = new Int16Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

function onTheWire(samples: Int16Array): readonly Uint8Array[] {
  const quiet = (QUIET_MS / FRAME_MS) * FRAME_SAMPLES;
  const padded = new Int16Array(samples.length + 2 * quiet);
  padded.set(samples, quiet);
  return framesOf(padded).map(encodeMulaw);
}
