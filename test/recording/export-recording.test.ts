import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createExports } from '../../electron/recording/export-recording.ts';
import { wavHeader } from '../../electron/recording/wav-header.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { samplesOf } from './numbered-frames.ts';

/** A folder of recordings with one of so many seconds: a tone there, noise here. */
function setUp(seconds = 5) {
  const dataDir = tempFolder();
  const folder = join(dataDir, 'recordings');
  const target = join(tempFolder(), 'desk');
  mkdirSync(folder);
  mkdirSync(target);
  const path = join(folder, '09-30-00 r1.wav');
  const noise = samplesOf('us', 0, seconds * 50);
  const samples = new Int16Array(seconds * 8000 * 2);
  for (let i = 0; i < seconds * 8000; i += 1) {
    samples[2 * i] = Math.round(8000 * Math.sin((2 * Math.PI * 440 * i) / 8000));
    samples[2 * i + 1] = (noise[i] ?? 0) >> 2;
  }
  writeFileSync(path, Buffer.concat([wavHeader(seconds * 8000), Buffer.from(samples.buffer)]));
  return {
    exports: createExports(folder),
    dataDir,
    folder,
    target,
    recording: { path, status: 'kept' as const },
  };
}

/** The frames of an MP3 file of 8 kHz: each begins with its sync word and fills the time of 576 samples. */
function framesOf(mp3: Buffer): { readonly channelMode: number; readonly bytes: number }[] {
  const frames = [];
  for (let at = 0; at + 4 <= mp3.length; ) {
    const head = mp3.readUInt32BE(at);
    // Eleven bits of sync, version 2.5 (00), layer III (01).
    if (head >>> 17 !== 0b111_1111_1111_0001) throw new Error(`no frame at ${at}`);
    const bitrate = [0, 8, 16, 24, 32, 40, 48, 56, 64][(head >>> 12) & 15] ?? 0;
    const rateIndex = (head >>> 10) & 3;
    if (rateIndex !== 2) throw new Error('not 8 kHz');
    const bytes = Math.floor((72 * bitrate * 1000) / 8000) + ((head >>> 9) & 1);
    frames.push({ channelMode: (head >>> 6) & 3, bytes });
    at += bytes;
  }
  return frames;
}

const refused = (kind: string) => ({
  problem: { kind, message: expect.any(String), remedy: expect.any(String) },
});

describe('an exported recording', () => {
  it('is the same file as WAV', async () => {
    const { exports, target, recording } = setUp();
    const to = join(target, 'call.wav');
    await exports.write(recording, to, 'wav');
    expect(readFileSync(to).equals(readFileSync(recording.path))).toBe(true);
    expect(readdirSync(target)).toEqual(['call.wav']);
  });

  it('is a quarter as large as MP3, in stereo, as long as it was', async () => {
    const { exports, target, recording } = setUp(5);
    const to = join(target, 'call.mp3');
    await exports.write(recording, to, 'mp3');
    const mp3 = readFileSync(to);
    const frames = framesOf(mp3);
    const mono = 3;
    expect(frames.every(({ channelMode }) => channelMode !== mono)).toBe(true);
    // The encoder puts up to two frames of silence around the sound.
    const samples = frames.length * 576;
    expect(samples).toBeGreaterThanOrEqual(5 * 8000);
    expect(samples).toBeLessThanOrEqual(5 * 8000 + 3 * 576);
    expect(mp3.length * 3.8).toBeLessThan(readFileSync(recording.path).length);
    expect(readdirSync(target)).toEqual(['call.mp3']);
  });

  it('can be empty', async () => {
    const { exports, target, recording } = setUp(0);
    await exports.write(recording, join(target, 'call.mp3'), 'mp3');
    expect(readdirSync(target)).toEqual(['call.mp3']);
  });

  it('replaces a file that the person chose, and none of Earshot’s own', async () => {
    const { exports, dataDir, folder, target, recording } = setUp();
    const to = join(target, 'call.wav');
    writeFileSync(to, 'before');
    writeFileSync(join(dataDir, 'earshot.db'), 'calls');
    symlinkSync(dataDir, join(target, 'data'));
    await exports.write(recording, to, 'wav');
    expect(readFileSync(to).length).toBeGreaterThan(1000);
    symlinkSync(folder, join(target, 'link'));
    for (const among of [
      join(folder, 'day', 'x.wav'),
      join(target, 'link', 'x.wav'),
      recording.path,
      join(dataDir, 'earshot.db'),
      join(target, 'data', 'earshot.db'),
      join(dataDir, 'new.wav'),
    ]) {
      await expect(exports.write(recording, among, 'wav')).rejects.toMatchObject(
        refused('file-not-written'),
      );
    }
    expect(readdirSync(folder)).toEqual(['09-30-00 r1.wav']);
    expect(readdirSync(dataDir)).toEqual(['earshot.db', 'recordings']);
    expect(readFileSync(join(dataDir, 'earshot.db'), 'utf8')).toBe('calls');
  });

  it('is not written where it cannot be, and leaves nothing behind', async () => {
    const { exports, target, recording } = setUp();
    mkdirSync(join(target, 'folder.mp3'));
    for (const to of [join(target, 'missing', 'call.mp3'), join(target, 'folder.mp3')]) {
      for (const format of ['wav', 'mp3'] as const) {
        await expect(exports.write(recording, to, format)).rejects.toMatchObject(
          refused('file-not-written'),
        );
      }
    }
    expect(readdirSync(target)).toEqual(['folder.mp3']);
  });

  it('is one whose file is here', async () => {
    const { exports, folder, target, recording } = setUp();
    const to = join(target, 'call.wav');
    for (const [status, kind] of [
      ['running', 'not-available'],
      ['waiting', 'not-available'],
      ['lost', 'no-recording'],
      ['deleted', 'no-recording'],
    ] as const) {
      await expect(exports.write({ ...recording, status }, to, 'wav')).rejects.toMatchObject(
        refused(kind),
      );
    }
    const gone = { ...recording, path: join(folder, 'gone.wav') };
    await expect(exports.write(gone, to, 'wav')).rejects.toMatchObject(refused('no-recording'));
    expect(readdirSync(target)).toEqual([]);
  });

  it('that was deleted is said to be', async () => {
    const { exports, target, recording } = setUp();
    const deleted = { ...recording, status: 'deleted' } as const;
    await expect(exports.write(deleted, join(target, 'call.wav'), 'wav')).rejects.toMatchObject({
      problem: { kind: 'no-recording', message: 'This recording was deleted.' },
    });
  });

  it.each(['mp3', 'wav'] as const)(
    'is broken off as %s when Earshot ends, and leaves nothing',
    async format => {
      const { exports, target, recording } = setUp(600);
      const written = exports.write(recording, join(target, `call.${format}`), format);
      const refusal = expect(written).rejects.toMatchObject({
        problem: { kind: 'file-not-written', message: expect.stringContaining('Earshot ended') },
      });
      while (readdirSync(target).length === 0) await setImmediate();
      await exports.close();
      expect(readdirSync(target)).toEqual([]);
      await refusal;
      await expect(exports.write(recording, join(target, 'late'), format)).rejects.toMatchObject(
        refused('file-not-written'),
      );
    },
  );
});
