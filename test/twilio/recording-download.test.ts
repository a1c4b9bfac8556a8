import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { stereoWav } from '../../electron/practice/recording-wav.ts';
import { writeRecording } from '../../electron/twilio/recording-download.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { readWav } from '../support/sound-file.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { sine } from '../support/tones.ts';

const SECOND = stereoWav(sine(700, 1000), sine(500, 1000));

/** How a file takes bytes. */
type Write = (
  this: FileHandle,
  bytes: Uint8Array,
  from: number,
  length: number,
  to: number,
) => ReturnType<FileHandle['write']>;

let folder: string;
let path: string;

beforeEach(() => {
  folder = tempFolder();
  path = join(folder, 'call.wav');
});

function ports(toldS: number | null = 1) {
  return { clock: fakeClock(), giveUp: new AbortController(), toldS };
}

/** A file that comes in pieces. */
function body(file: Buffer, pieceBytes = 1000): Readable {
  const pieces: Buffer[] = [];
  for (let at = 0; at < file.length; at += pieceBytes) {
    pieces.push(file.subarray(at, at + pieceBytes));
  }
  return Readable.from(pieces);
}

describe('a recording that is written to a file', () => {
  it('is there as a whole, with nothing beside it', async () => {
    expect(await writeRecording(body(SECOND), path, ports())).toBe(1000);
    expect(readdirSync(folder)).toEqual(['call.wav']);
    expect(readWav(readFileSync(path))).toEqual(readWav(SECOND));
  });

  it('takes the place of what an earlier try left', async () => {
    writeFileSync(`${path}.part`, Buffer.alloc(200_000, 1));
    await writeRecording(body(SECOND), path, ports());
    expect(readFileSync(path)).toHaveLength(SECOND.length);
    expect(readdirSync(folder)).toEqual(['call.wav']);
  });

  it('is whole when the disk takes only some of it at a time', async () => {
    const file = await open(join(folder, 'any'), 'w');
    const handle = Object.getPrototypeOf(file) as FileHandle;
    await file.close();
    const whole: Write = handle.write;
    const some: Write = function (bytes, from, length, to) {
      return whole.call(this, bytes, from, Math.ceil(length / 3), to);
    };
    const disk = vi.spyOn(handle, 'write').mockImplementation(some as FileHandle['write']);
    onTestFinished(() => disk.mockRestore());
    await writeRecording(body(SECOND), path, ports());
    expect(readFileSync(path)).toEqual(SECOND);
  });

  it('is not there when it was cut short', async () => {
    const short = body(SECOND.subarray(0, SECOND.length / 2));
    await expect(writeRecording(short, path, ports())).rejects.toThrow('cut short');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is not there when its length is not what Twilio says', async () => {
    await expect(writeRecording(body(SECOND), path, ports(60))).rejects.toThrow('instead of 60 s');
    expect(readdirSync(folder)).toEqual([]);
    expect(await writeRecording(body(SECOND), path, ports(2))).toBe(1000);
    expect(await writeRecording(body(SECOND), path, ports(null))).toBe(1000);
  });

  it('is not there when the connection is lost', async () => {
    const broken = new PassThrough();
    broken.write(SECOND.subarray(0, 5000));
    const written = writeRecording(broken, path, ports());
    broken.destroy(Object.assign(new Error('lost'), { code: 'ECONNRESET' }));
    await expect(written).rejects.toThrow('lost');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is given up when nothing comes for 45 seconds', async () => {
    const stalled = new PassThrough();
    const given = ports();
    const written = writeRecording(stalled, path, given);
    stalled.write(SECOND.subarray(0, 5000));
    for (let s = 0; s < 44; s += 1) given.clock.advance(1000);
    expect(given.giveUp.signal.aborted).toBe(false);
    for (let s = 0; s < 46; s += 1) given.clock.advance(1000);
    expect(given.giveUp.signal.aborted).toBe(true);
    await expect(written).rejects.toThrow();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('tells when the disk does not take it', async () => {
    const nowhere = join(folder, 'missing', 'call.wav');
    await expect(writeRecording(body(SECOND), nowhere, ports())).rejects.toMatchObject({
      problem: {
        kind: 'storage-failed',
        code: 'ENOENT',
        message: expect.stringContaining('still'),
      },
    });
    const source = body(SECOND);
    await expect(writeRecording(source, folder, ports())).rejects.toMatchObject({
      problem: { kind: 'storage-failed' },
    });
    expect(source.destroyed).toBe(true);
  });
});
