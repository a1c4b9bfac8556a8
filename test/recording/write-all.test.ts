import type { FileHandle } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { writeAllTo } from '../../electron/recording/write-all.ts';

it('all is written to a disk that takes only some bytes at a time', async () => {
  const disk = new Uint8Array(12);
  const write = async (bytes: Uint8Array, from: number, length: number, position: number) => {
    const bytesWritten = Math.min(3, length);
    disk.set(bytes.subarray(from, from + bytesWritten), position);
    return { bytesWritten, buffer: bytes };
  };
  await writeAllTo({ write } as Pick<FileHandle, 'write'>, Uint8Array.of(1, 2, 3, 4, 5, 6, 7), 2);
  expect([...disk]).toEqual([0, 0, 1, 2, 3, 4, 5, 6, 7, 0, 0, 0]);
});
