// Reads a zip archive: just enough to take some files out of a large one without the rest.
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

const END_RECORD = 0x06054b50;
const DIRECTORY_RECORD = 0x02014b50;
const END_RECORD_BYTES = 22;
const LARGEST_COMMENT_BYTES = 65_535;
const LOCAL_HEADER_BYTES = 30;
const DEFLATED = 8;

/**
 * @typedef {object} Entry
 * @property {string} path
 * @property {number} mode Unix permission bits
 * @property {number} method 0 stored, 8 deflated
 * @property {number} compressedBytes
 * @property {number} at where its local header starts
 */

/**
 * Writes the files that `place` gives a place to, with their permissions.
 * @param {string} archive
 * @param {string} folder
 * @param {(path: string) => string | undefined} place path in the archive → path in the folder
 */
export async function extractSome(archive, folder, place) {
  const file = await open(archive);
  try {
    for (const entry of await listEntries(file)) {
      const path = entry.path.endsWith('/') ? undefined : place(entry.path);
      if (path === undefined) continue;
      if (normalize(path).startsWith('..'))
        throw new Error(`The archive leaves its folder: ${path}`);
      await extract(file, archive, entry, join(folder, path));
    }
  } finally {
    await file.close();
  }
}

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @returns {Promise<Entry[]>}
 */
async function listEntries(file) {
  const { size } = await file.stat();
  const tail = await read(file, Math.max(0, size - END_RECORD_BYTES - LARGEST_COMMENT_BYTES), size);
  let end = tail.length - END_RECORD_BYTES;
  while (end >= 0 && tail.readUInt32LE(end) !== END_RECORD) end--;
  if (end < 0) throw new Error('This is not a complete zip archive.');
  const from = tail.readUInt32LE(end + 16);
  const directory = await read(file, from, from + tail.readUInt32LE(end + 12));
  const entries = [];
  for (let at = 0; at + 46 <= directory.length; ) {
    if (directory.readUInt32LE(at) !== DIRECTORY_RECORD) throw new Error('Damaged zip directory.');
    const nameBytes = directory.readUInt16LE(at + 28);
    entries.push({
      path: directory.toString('utf8', at + 46, at + 46 + nameBytes),
      mode: (directory.readUInt32LE(at + 38) >>> 16) & 0o777,
      method: directory.readUInt16LE(at + 10),
      compressedBytes: directory.readUInt32LE(at + 20),
      at: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @param {string} archive the path of the same file
 * @param {Entry} entry
 * @param {string} path
 */
async function extract(file, archive, entry, path) {
  const header = await read(file, entry.at, entry.at + LOCAL_HEADER_BYTES);
  const start = entry.at + LOCAL_HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
  await mkdir(dirname(path), { recursive: true });
  const output = createWriteStream(path, { mode: entry.mode || 0o644 });
  if (entry.compressedBytes === 0) {
    await pipeline([], output);
    return;
  }
  const end = start + entry.compressedBytes - 1;
  const input = createReadStream(archive, { start, end });
  if (entry.method === DEFLATED) await pipeline(input, createInflateRaw(), output);
  else await pipeline(input, output);
}

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @param {number} from
 * @param {number} to
 */
async function read(file, from, to) {
  const { buffer } = await file.read(Buffer.alloc(to - from), 0, to - from, from);
  return buffer;
}
