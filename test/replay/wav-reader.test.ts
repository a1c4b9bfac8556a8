import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openWavReader, type WavReader } from '../../electron/replay/wav-reader.ts';
import { asOnTheWire, glidingSound } from '../support/gliding-sound.ts';
import { writeWav } from '../support/sound-file.ts';
import { sine } from '../support/tones.ts';
import { until } from '../support/until.ts';
import { differsAt } from './deck-rig.ts';
import { openFolder } from './kept-files.ts';

const BLOCK = 40_000;
const unreadable = { problem: { kind: 'file-unreadable', remedy: expect.any(String) } };

async function openReader(path: string): Promise<WavReader> {
  const reader = await openWavReader(path);
  onTestFinished(() => reader.close());
  return reader;
}

/** Reads a stretch piece by piece, waiting for the disk. */
async function readAll(reader: WavReader, from: number, count: number): Promise<Int16Array> {
  const samples = new Int16Array(count);
  for (let got = 0; got < count; ) {
    await until(() => reader.read(from + got, 1).length > 0);
    const piece = reader.read(from + got, Math.min(999, count - got));
    samples.set(piece, got);
    got += piece.length;
  }
  return samples;
}

describe('a recording that is read', () => {
  it('gives both sides in one voice, from any place', async () => {
    const { record } = openFolder();
    const them = glidingSound(20);
    const us = asOnTheWire(sine(300, 20_000, 0.3));
    const reader = await openReader(record('a', 'r', 0, them, us).path);
    const both = them.map((sample, i) => sample + (us[i] ?? 0));
    expect(reader.length).toBe(both.length);
    for (const [from, count] of [
      [0, both.length],
      [123_457, 30_000],
      [BLOCK - 1, 2],
    ] as const) {
      const heard = await readAll(reader, from, count);
      expect(differsAt(heard, both.slice(from, from + count))).toBeNull();
    }
  });

  it('does not clip over where both are loud', async () => {
    const { record } = openFolder();
    const loud = asOnTheWire(new Int16Array(160).fill(-30_000));
    const reader = await openReader(record('a', 'r', 0, loud, loud).path);
    expect(reader.read(0, 1)).toEqual(Int16Array.of(-32_768));
  });

  it('has its beginning at once, and nothing behind its end', async () => {
    const { record } = openFolder();
    const them = glidingSound(1);
    const reader = await openReader(record('a', 'r', 0, them).path);
    expect(reader.read(0, 160)).toEqual(them.slice(0, 160));
    expect(reader.read(7900, 160)).toEqual(them.slice(7900));
    expect(reader.read(8000, 160)).toHaveLength(0);
    expect(reader.read(99_999, 160)).toHaveLength(0);
  });

  it('gives nothing of what the disk has still to bring, and reads ahead of what is played', async () => {
    const { record } = openFolder();
    const them = glidingSound(30);
    const reader = await openReader(record('a', 'r', 0, them).path);
    expect(reader.read(3 * BLOCK, 160)).toHaveLength(0);
    await until(() => reader.read(3 * BLOCK, 160).length === 160);
    await readAll(reader, 3 * BLOCK, 2 * BLOCK);
    expect(reader.read(4 * BLOCK, 160)).toEqual(them.slice(4 * BLOCK, 4 * BLOCK + 160));
  });

  it('is silence where its file was cut while it plays', async () => {
    const { record } = openFolder();
    const { path } = record('a', 'r', 0, glidingSound(20));
    const reader = await openReader(path);
    truncateSync(path, 44);
    const heard = await readAll(reader, 2 * BLOCK, BLOCK);
    expect(heard.every(sample => sample === 0)).toBe(true);
  });

  it('is silence once it was closed', async () => {
    const { record } = openFolder();
    const reader = await openWavReader(record('a', 'r', 0, glidingSound(20)).path);
    await reader.close();
    const heard = await readAll(reader, 2 * BLOCK, 1000);
    expect(heard.every(sample => sample === 0)).toBe(true);
    await reader.close();
  });

  it('may have one side only', async () => {
    const { folder } = openFolder();
    const path = join(folder, 'mono.wav');
    const sound = glidingSound(1);
    writeFileSync(path, writeWav(sound, 8000));
    expect((await openReader(path)).read(0, 8000)).toEqual(sound);
  });

  it('is refused when it is not there, no WAV file, or not of a phone call', async () => {
    const { folder } = openFolder();
    await expect(openWavReader(join(folder, 'none.wav'))).rejects.toMatchObject(unreadable);
    const text = join(folder, 'text.wav');
    writeFileSync(text, 'RIFF is what I am not');
    await expect(openWavReader(text)).rejects.toMatchObject(unreadable);
    const fast = join(folder, 'fast.wav');
    writeFileSync(fast, writeWav(new Int16Array(100), 44_100));
    await expect(openWavReader(fast)).rejects.toMatchObject(unreadable);
    await expect(openWavReader(folder)).rejects.toMatchObject(unreadable);
  });
});
