import { writeSync } from 'node:fs';

/** Writes all bytes; a disk that is almost full takes only some at a time, then throws. */
export function writeAll(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(file, bytes, done, bytes.length - done, position + done);
  }
}
