// Folders as tar entries with the owner and the permissions that an installed app has, whoever made the package.
import { createReadStream } from 'node:fs';
import { lstat, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { filesIn } from './files-in.mjs';

/** @typedef {import('tar-stream').Pack} Pack */

const FOLDER_MODE = 0o755;
const PROGRAM_MODE = 0o755;
const FILE_MODE = 0o644;
const LINK_MODE = 0o777;
/** Chromium's sandbox helper starts as root and gives that up: it is how Chromium shuts in what it runs where users may not do so themselves. */
const SANDBOX_MODE = 0o4755;
const SANDBOX = 'chrome-sandbox';
const EXECUTABLE = 0o100;

/**
 * Adds a folder's files, and every folder above them once.
 * @param {Pack} pack
 * @param {string} folder
 * @param {string} prefix where it goes in the archive, without a slash at the end
 * @param {{ mtime: Date, setUserId: boolean }} options
 */
export async function addFolder(pack, folder, prefix, { mtime, setUserId }) {
  const paths = await filesIn(folder);
  addParents(
    pack,
    paths.map(path => `${prefix}/${path}`),
    mtime,
  );
  for (const path of paths) {
    const full = join(folder, path);
    const stats = await lstat(full);
    const name = `${prefix}/${path}`;
    if (stats.isSymbolicLink()) {
      pack.entry({
        ...owner(mtime),
        name,
        type: 'symlink',
        mode: LINK_MODE,
        linkname: await readlink(full),
      });
      continue;
    }
    const isProgram = (stats.mode & EXECUTABLE) !== 0;
    const mode =
      path === SANDBOX && setUserId ? SANDBOX_MODE : isProgram ? PROGRAM_MODE : FILE_MODE;
    await pipeline(
      createReadStream(full),
      pack.entry({ ...owner(mtime), name, size: stats.size, mode }),
    );
  }
}

/**
 * Adds a file made up here, or a link.
 * @param {Pack} pack
 * @param {string} name
 * @param {string | Buffer | { link: string }} content
 * @param {{ mtime: Date, mode?: number }} options
 */
export function addEntry(pack, name, content, { mtime, mode = FILE_MODE }) {
  if (typeof content === 'object' && 'link' in content) {
    pack.entry({ ...owner(mtime), name, type: 'symlink', mode: LINK_MODE, linkname: content.link });
  } else {
    pack.entry({ ...owner(mtime), name, mode }, content);
  }
}

/**
 * Adds every folder that the paths lie in, each before what is in it.
 * @param {Pack} pack
 * @param {readonly string[]} paths
 * @param {Date} mtime
 */
export function addParents(pack, paths, mtime) {
  const parents = new Set(
    paths.flatMap(path => {
      const parts = path.split('/').slice(0, -1);
      return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
    }),
  );
  for (const parent of [...parents].filter(path => path !== '.').sort()) {
    pack.entry({ ...owner(mtime), name: `${parent}/`, type: 'directory', mode: FOLDER_MODE });
  }
}

/** @param {Date} mtime */
function owner(mtime) {
  return { uid: 0, gid: 0, uname: 'root', gname: 'root', mtime };
}
