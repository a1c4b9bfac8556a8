// The checksums of all files of a folder, as sha256sum writes and checks them: node build/release-checksums.mjs dist/release
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { runAsCommand, Stop, say } from './progress.mjs';

const LIST = 'SHA256SUMS';

/**
 * Writes the list of a folder into it. Resolves to how many files are on it.
 * @param {string} folder
 */
export async function writeChecksums(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter(entry => entry.isFile() && entry.name !== LIST)
    .map(({ name }) => name);
  if (names.length === 0) throw new Stop(`There is nothing to release in ${folder}.`);
  const lines = [];
  for (const name of names.sort()) lines.push(`${await checksum(join(folder, name))}  ${name}\n`);
  await writeFile(join(folder, LIST), lines.join(''));
  return names.length;
}

/** @param {string} path */
async function checksum(path) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runAsCommand(async () => {
    const [, , folder] = process.argv;
    if (folder === undefined) throw new Stop('Name the folder whose files are released.');
    say(`${await writeChecksums(folder)} files are on ${LIST}.`);
    return 0;
  });
}
