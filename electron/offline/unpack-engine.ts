import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { wrongArchiveError } from './pack-problem.ts';
import type { EngineRecipe } from './pack-recipe.ts';
import { unpackInto } from './unpacked-files.ts';

/** All libraries of one engine together are smaller. */
const MOST_BYTES = 500_000_000;

/**
 * Unpacks from a .tgz archive the libraries this computer needs, side by side, and nothing else.
 * @throws ProblemError when one is missing or is no plain file
 */
export async function unpackEngine(
  archivePath: string,
  { library, beside }: EngineRecipe,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const missing = new Set([library, ...beside]);
  const files = unpackInto(folder, MOST_BYTES);
  const tar = extract();
  const unpacked = (async () => {
    for await (const entry of tar) {
      const { name, type } = entry.header;
      // What is not read stops everything behind it.
      if (type !== 'file' || !missing.delete(name)) {
        entry.resume();
        continue;
      }
      const file = files.begin(basename(name));
      for await (const piece of entry as AsyncIterable<Uint8Array>) {
        file.write(piece);
        await files.written();
      }
      file.end();
    }
    await files.written();
  })();
  try {
    await Promise.all([
      pipeline(createReadStream(archivePath), createGunzip(), tar, { signal }),
      unpacked,
    ]);
  } catch (error) {
    await files.abandon();
    throw error;
  }
  if (missing.size > 0) throw wrongArchiveError();
}
