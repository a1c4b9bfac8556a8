// What a packaged app holds: the files beside and inside its archive, each with its bytes.
import { lstat, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filesIn } from './files-in.mjs';

/**
 * @typedef {object} PackedFile
 * @property {string} path from the app's folder, `/` between folders; the archive counts as a folder
 * @property {number} size bytes
 * @property {() => Promise<Buffer>} read
 */

/** A file or folder in an archive's header. @typedef {{ files?: Record<string, Node>, size?: number, offset?: string, unpacked?: boolean }} Node */

const ARCHIVE = 'app.asar';

/**
 * Lists a packaged app. Files that the archive names but that lie beside it are listed once, where they lie.
 * @param {string} folder
 * @returns {Promise<PackedFile[]>}
 */
export async function contentOf(folder) {
  const lists = (await filesIn(folder)).map(async path => {
    const full = join(folder, path);
    if (path.endsWith(`/${ARCHIVE}`)) return listArchive(full, path);
    const stats = await lstat(full);
    // Frameworks of macOS name their parts a second time by links.
    return stats.isFile() ? [{ path, size: stats.size, read: () => readFile(full) }] : [];
  });
  return (await Promise.all(lists)).flat();
}

/**
 * Reads the header of an archive: four numbers of four bytes, of which the second tells where the
 * header ends and the fourth how long its JSON is (the "asar" format of Electron).
 * @param {string} archive
 * @param {string} name
 * @returns {Promise<PackedFile[]>}
 */
async function listArchive(archive, name) {
  const sizes = await readAt(archive, 0, 16);
  const start = 8 + sizes.readUInt32LE(4);
  const header = await readAt(archive, 16, sizes.readUInt32LE(12));
  /** @type {PackedFile[]} */
  const found = [];
  /**
   * @param {Node} node
   * @param {string} path
   */
  const walk = (node, path) => {
    for (const [part, child] of Object.entries(node.files ?? {})) walk(child, `${path}/${part}`);
    if (node.offset === undefined || node.unpacked) return;
    const at = start + Number(node.offset);
    const size = node.size ?? 0;
    found.push({ path, size, read: () => readAt(archive, at, size) });
  };
  walk(JSON.parse(header.toString('utf8')), name);
  return found;
}

/**
 * @param {string} path
 * @param {number} position
 * @param {number} length
 */
async function readAt(path, position, length) {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, position);
    return buffer;
  } finally {
    await file.close();
  }
}
