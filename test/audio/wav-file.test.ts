import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WaveFile } from 'wavefile';
import { readWav } from '../../electron/audio/wav-file.ts';
import { ProblemError } from '../../electron/core/problem.ts';
import { writeWav } from '../support/sound-file.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { amplitudeAt, sine } from '../support/tones.ts';

const GAIN = 0.5;
const AMPLITUDE = GAIN * 32767;

function fileOf(bytes: Uint8Array): string {
  const path = join(tempFolder(), 'sound.wav');
  writeFileSync(path, bytes);
  return path;
}

function middle(samples: Int16Array): Int16Array {
  return samples.subarray(800, 7200);
}

describe('reading a WAV file', () => {
  it('gives 16-bit samples of the same rate as they are', async () => {
    const samples = sine(1000, 1000, GAIN);
    expect(await readWav(fileOf(writeWav(samples, 8000)), 8000)).toEqual(samples);
  });

  it('makes one voice at the rate of a call from two channels of a sound card', async () => {
    const file = new WaveFile();
    file.fromScratch(2, 48_000, '16', [
      sine(500, 1000, GAIN, 48_000),
      sine(1000, 1000, GAIN, 48_000),
    ]);
    const samples = await readWav(fileOf(file.toBuffer()), 8000);
    expect(Math.abs(samples.length - 8000)).toBeLessThan(80);
    for (const hz of [500, 1000]) {
      const amplitude = amplitudeAt(middle(samples), hz);
      expect(Math.abs(amplitude / (AMPLITUDE / 2) - 1), `${hz} Hz`).toBeLessThan(0.05);
    }
  });

  it('takes 8 bits for the same loudness', async () => {
    const file = new WaveFile();
    const bytes = Uint8Array.from(sine(1000, 1000, GAIN), sample => (sample >> 8) + 128);
    file.fromScratch(1, 8000, '8', bytes);
    const samples = await readWav(fileOf(file.toBuffer()), 8000);
    expect(samples).toHaveLength(8000);
    expect(Math.abs(amplitudeAt(middle(samples), 1000) / AMPLITUDE - 1)).toBeLessThan(0.05);
  });
});

describe('a file that is no WAV sound', () => {
  it.each([
    ['text', Buffer.from('not a sound at all, only some words')],
    ['nothing', Buffer.alloc(0)],
    ['a header that is cut off', writeWav(sine(1000, 20), 8000).subarray(0, 20)],
  ])('is a problem with a remedy when it holds %s', async (_, bytes) => {
    const failure: unknown = await readWav(fileOf(bytes), 8000).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProblemError);
    expect(failure).toMatchObject({ problem: { kind: 'file-unreadable' } });
  });

  it('is a problem with a remedy when it is not there', async () => {
    await expect(readWav(join(tempFolder(), 'missing.wav'), 8000)).rejects.toMatchObject({
      problem: { kind: 'file-unreadable' },
    });
  });
});
