import { describe, expect, it } from 'vitest';
import {
  type PieceSource,
  packSound,
  type RecordingJob,
  unpackSound,
} from '../../electron/recording/recording-job.ts';
import { frameOf } from './numbered-frames.ts';

function source(file: number, at: number, count: number): PieceSource {
  return {
    file,
    at,
    stretch: { from: at + 1000, to: at + 1000 + count },
    read: (side, { from, to }, into, offset) => {
      expect([from, to]).toEqual([at + 1000, at + 1000 + count]);
      into.set(frameOf(side, file).subarray(0, count), offset);
    },
  };
}

function job(pieces: readonly PieceSource[], spare: ArrayBuffer): RecordingJob {
  const sound = packSound(pieces, spare);
  return { open: [], sound, pieces: pieces.length, close: [], mask: [], look: [] };
}

describe('the sound of a job', () => {
  it('comes out as it was put in, whatever lengths its pieces have', () => {
    const pieces = [source(3, 0, 160), source(1, 691_200_000, 7), source(2, 480, 33)];
    const unpacked = unpackSound(job(pieces, new ArrayBuffer(0)));
    expect(unpacked).toEqual(
      pieces.map(({ file, at, stretch }) => ({
        file,
        at,
        them: frameOf('them', file).subarray(0, stretch.to - stretch.from),
        us: frameOf('us', file).subarray(0, stretch.to - stretch.from),
      })),
    );
  });

  it('uses memory again as long as it is large enough', () => {
    const memory = packSound([source(1, 0, 160)], new ArrayBuffer(0));
    expect(packSound([source(2, 160, 100)], memory)).toBe(memory);
    expect(packSound([source(2, 160, 160), source(3, 0, 160), source(4, 0, 160)], memory)).not.toBe(
      memory,
    );
    expect(unpackSound(job([], memory))).toEqual([]);
  });
});
