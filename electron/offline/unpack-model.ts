import { createReadStream } from 'node:fs';
import { setImmediate as letOthersRun } from 'node:timers/promises';
import { Unzip, UnzipInflate } from 'fflate';
import { wrongArchiveError } from './pack-problem.ts';
import { unpackInto } from './unpacked-files.ts';

/** So much is unpacked at once: about 2 ms of work. */
const PIECE_BYTES = 16 * 1024;

/** A model is at most this much larger than its archive: its numbers do not shrink by more. */
const MOST_GROWTH = 10;
const MOST_BYTES_OF_A_SMALL_ONE = 100_000_000;

/**
 * Unpacks a .zip archive in small pieces, between which everything else runs. Links are not made: what
 * would be one becomes a plain file. @throws ProblemError for an archive that is too large, damaged or leads out of the folder
 */
export async function unpackModel(
  archivePath: string,
  sizeBytes: number,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const files = unpackInto(folder, MOST_GROWTH * sizeBytes + MOST_BYTES_OF_A_SMALL_ONE);
  const zip = new Unzip();
  zip.register(UnzipInflate);
  let open = 0;
  zip.onfile = entry => {
    if (entry.name.endsWith('/')) return;
    open += 1;
    const file = files.begin(entry.name);
    entry.ondata = (error, piece, isLast) => {
      if (error) throw error;
      file.write(piece);
      if (!isLast) return;
      file.end();
      open -= 1;
    };
    entry.start();
  };
  try {
    for await (const piece of createReadStream(archivePath, {
      highWaterMark: PIECE_BYTES,
      signal,
    })) {
      zip.push(piece);
      await files.written();
      await letOthersRun();
    }
    zip.push(new Uint8Array(), true);
    await files.written();
    if (open > 0) throw wrongArchiveError();
  } catch (error) {
    await files.abandon();
    throw isOfArchive(error) ? wrongArchiveError() : error;
  }
}

/** fflate throws errors with a number for a code. */
function isOfArchive(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'number';
}
