// The unpacked app in one file, for those who install nothing.
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack as tar } from 'tar-stream';
import { addFolder } from './archive-entries.mjs';

/**
 * Writes a tar.gz that unpacks into one folder.
 * @param {string} path
 * @param {{ app: string, name: string, level: number, mtime: Date }} options
 */
export async function writeTarArchive(path, { app, name, level, mtime }) {
  const archive = tar();
  const written = pipeline(archive, createGzip({ level }), createWriteStream(path));
  const fill = async () => {
    await addFolder(archive, app, name, { mtime, setUserId: false });
    archive.finalize();
  };
  await Promise.all([fill(), written]);
}
