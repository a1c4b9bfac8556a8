import { statfsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SAMPLE_RATE_HZ } from '../core/audio/frame.ts';
import { SAMPLE_BYTES } from './wav-header.ts';

/** With less room than this on its disk a recording stops: the rest of the computer needs some too. */
export const FULL_DISK_BYTES = 200 * 1000 * 1000;

/** With less room than this it is told. */
const LOW_DISK_BYTES = 1500 * 1000 * 1000;

/** Told as fine again from here on: a disk at the edge is not told again and again. */
const FINE_DISK_BYTES = LOW_DISK_BYTES + 100 * 1000 * 1000;

const HOUR_BYTES = 3600 * SAMPLE_RATE_HZ * SAMPLE_BYTES;

/** Little room is left: for so many hours of one recording. */
export type LowDisk = { readonly freeBytes: number; readonly hoursLeft: number };

/** Room on the disk of a folder for this user, in bytes. Throws when the folder is gone. */
export function freeBytesOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** Room on the disk of a folder that may not be made yet, in bytes; null when the disk does not tell. */
export async function roomFor(folder: string): Promise<number | null> {
  const found = await statfs(folder)
    .catch(() => statfs(dirname(folder)))
    .catch(() => null);
  return found === null ? null : found.bavail * found.bsize;
}

/** Tells once when room gets low, and once when there is enough again. */
export class DiskWatch {
  readonly #tell: (low: LowDisk | null) => void;
  #isLow = false;

  constructor(tell: (low: LowDisk | null) => void) {
    this.#tell = tell;
  }

  /** Whether low room was told last. */
  get isLow(): boolean {
    return this.#isLow;
  }

  /** Takes note of the room there is. */
  seen(freeBytes: number): void {
    if (!this.#isLow && freeBytes < LOW_DISK_BYTES) {
      this.#isLow = true;
      this.#tell({ freeBytes, hoursLeft: Math.max(0, freeBytes - FULL_DISK_BYTES) / HOUR_BYTES });
    }
    if (this.#isLow && freeBytes >= FINE_DISK_BYTES) {
      this.#isLow = false;
      this.#tell(null);
    }
  }
}
