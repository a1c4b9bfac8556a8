import { readFile } from 'node:fs/promises';
import { WaveFile } from 'wavefile';
import { ProblemError } from '../core/problem.ts';
import { createResampler } from './resampler.ts';

/** Largest file read: an hour of stereo at 48 kHz would not fit in a call anyway. */
const MOST_BYTES = 100 * 1024 * 1024;

/** Samples converted at once: 50 ms at the highest rate known. */
const PIECE_S = 0.05;

/** Reads a WAV file of any rate and bit depth as one mono voice: 16-bit samples at `rateHz`. */
export async function readWav(path: string, rateHz: number): Promise<Int16Array> {
  try {
    const bytes = await readFile(path);
    if (bytes.length > MOST_BYTES) throw new Error('larger than 100 MB');
    const file = new WaveFile(bytes);
    const fileRateHz = (file.fmt as { sampleRate: number }).sampleRate;
    file.toBitDepth('16');
    const channels: unknown = file.getSamples(false, Int16Array);
    return await converted(mono(channels), fileRateHz, rateHz);
  } catch (error) {
    throw new ProblemError(
      {
        kind: 'file-unreadable',
        message: 'The file could not be read as WAV sound.',
        remedy: 'Give the path of a WAV file that this user may read, smaller than 100 MB.',
      },
      { cause: error },
    );
  }
}

function mono(samples: unknown): Int16Array {
  if (samples instanceof Int16Array) return samples;
  const channels = samples as Int16Array[];
  const [first] = channels;
  if (first === undefined) return new Int16Array(0);
  return first.map((_, i) =>
    Math.round(channels.reduce((sum, channel) => sum + (channel[i] ?? 0), 0) / channels.length),
  );
}

async function converted(samples: Int16Array, fromHz: number, toHz: number): Promise<Int16Array> {
  const resampler = await createResampler(fromHz, toHz);
  const piece = Math.max(1, Math.floor(fromHz * PIECE_S));
  const pieces: Int16Array[] = [];
  for (let at = 0; at < samples.length; at += piece) {
    pieces.push(resampler.convert(samples.subarray(at, at + piece)));
  }
  resampler.close();
  const whole = new Int16Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of pieces) {
    whole.set(part, end);
    end += part.length;
  }
  return whole;
}
