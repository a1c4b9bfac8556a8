import { writeSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';

/** Writes all bytes; a disk that is almost full takes only some at a time, then throws. */
export function writeAll(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(file, bytes, done, bytes.length - done, position + done);
  }
}

/** Writes all bytes without holding up anything else; else as `writeAll`. */
export async function writeAllTo(
  file: Pick<FileHandle, 'write'>,
  bytes: Uint8Array,
  position: number,
): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
