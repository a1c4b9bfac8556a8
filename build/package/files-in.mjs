// Lists a folder the same way on every system.
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';

/**
 * The paths of all files under a folder, `/` between folders.
 * @param {string} folder
 */
export async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter(entry => !entry.isDirectory())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}
