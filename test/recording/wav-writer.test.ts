import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createRecordingFiles } from '../../electron/recording/recording-files.ts';
import { packSound, type RecordingJob } from '../../electron/recording/recording-job.ts';
import { MOST_SAMPLES } from '../../electron/recording/wav-header.ts';
import { openWav } from '../../electron/recording/wav-writer.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { frameOf, samplesOf } from './numbered-frames.ts';
import { readStrictly } from './strict-wav.ts';

/** A disk of 64 kB, full within two seconds of sound; null where none may be mounted. */
function smallDisk(): string | null {
  const folder = join(tempFolder(), 'disk');
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return null;
  }
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', folder]);
  });
  return folder;
}

function job(path: string | null, frames: readonly number[]): RecordingJob {
  const pieces = frames.map(index => ({
    file: 1,
    at: index * 160,
    stretch: { from: index * 160, to: index * 160 + 160 },
    read: (side: 'them' | 'us', _: unknown, into: Uint8Array, offset: number) => {
      into.set(frameOf(side, index), offset);
    },
  }));
  return {
    open: path === null ? [] : [{ file: 1, path, again: false }],
    sound: packSound(pieces, new ArrayBuffer(0)),
    pieces: pieces.length,
    close: [],
    mask: [],
    look: [],
  };
}

describe('the file of a recording', () => {
  it('is valid after every write, wherever its sound belongs', () => {
    const path = join(tempFolder(), 'one.wav');
    const writer = openWav(path, false);
    for (const index of [0, 1, 7, 3, 8, 2]) {
      writer.write(index * 160, frameOf('them', index), frameOf('us', index));
      readStrictly(path);
    }
    writer.close();
    const { them, us } = readStrictly(path);
    expect(them.subarray(0, 640)).toEqual(samplesOf('them', 0, 4));
    expect(them.subarray(640, 1120)).toEqual(new Int16Array(480));
    expect(us.subarray(1120)).toEqual(samplesOf('us', 7, 9));
  });

  it('is never put in the place of another, and is gone on with when asked', () => {
    const path = join(tempFolder(), 'one.wav');
    const first = openWav(path, false);
    first.write(0, frameOf('them', 0), frameOf('us', 0));
    first.close();
    expect(() => openWav(path, false)).toThrow('EEXIST');
    const second = openWav(path, true);
    expect(second.samples).toBe(160);
    second.write(160, frameOf('them', 1), frameOf('us', 1));
    second.close();
    expect(readStrictly(path).them).toEqual(samplesOf('them', 0, 2));
  });

  it('is begun anew when whoever began it died before it had its name', () => {
    for (const again of [true, false]) {
      const path = join(tempFolder(), 'one.wav');
      writeFileSync(`${path}.part`, 'RIFF');
      const writer = openWav(path, again);
      writer.write(0, frameOf('them', 0), frameOf('us', 0));
      writer.close();
      expect(readStrictly(path).them).toEqual(samplesOf('them', 0, 1));
      expect(existsSync(`${path}.part`)).toBe(false);
    }
  });

  it('does not outgrow what a WAV file can hold', () => {
    const path = join(tempFolder(), 'one.wav');
    const writer = openWav(path, false);
    const late = () => writer.write(MOST_SAMPLES, frameOf('them', 0), frameOf('us', 0));
    expect(late).toThrow('too long');
    writer.close();
    expect(statSync(path).size).toBe(44);
  });
});

describe('a disk without room', () => {
  it.runIf(existsSync('/dev/full'))('takes not even a header', () => {
    const files = createRecordingFiles(() => Number.POSITIVE_INFINITY);
    const { failed } = files.run({
      ...job(null, []),
      open: [{ file: 1, path: '/dev/full', again: true }],
    });
    expect(failed).toEqual([{ file: 1, samples: null, because: 'disk-full', code: 'ENOSPC' }]);
  });

  it('keeps what was written, as a whole file', context => {
    const disk = smallDisk();
    if (disk === null) return context.skip('a small disk can only be mounted by root on Linux');
    const path = join(disk, 'one.wav');
    const files = createRecordingFiles(() => Number.POSITIVE_INFINITY);
    files.run(job(path, []));
    let frames = 0;
    for (;;) {
      const { failed } = files.run(job(null, [frames]));
      const [failure] = failed;
      if (failure !== undefined) {
        expect(failure).toMatchObject({ because: 'disk-full', code: 'ENOSPC' });
        expect(failure.samples).toBe(frames * 160);
        break;
      }
      frames += 1;
    }
    expect(frames).toBeGreaterThan(50);
    expect(readStrictly(path)).toEqual({
      them: samplesOf('them', 0, frames),
      us: samplesOf('us', 0, frames),
    });
    expect(files.run(job(null, [frames])).failed).toEqual([]);
  });
});
