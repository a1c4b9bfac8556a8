import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { extractSome } from '../../build/zip-archive.mjs';

type Packed = { path: string; content: string; mode?: number; deflate?: boolean };

describe('taking files out of a zip archive', () => {
  let folder: string;
  let archive: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'earshot-zip-'));
    archive = join(folder, 'archive.zip');
  });

  afterEach(() => rm(folder, { recursive: true }));

  const extract = (place: (path: string) => string | undefined) =>
    extractSome(archive, join(folder, 'out'), place);

  it('writes deflated, stored and empty files where they are placed', async () => {
    const long = 'earshot '.repeat(10_000);
    await writeFile(
      archive,
      zip([
        { path: 'App/long', content: long, deflate: true },
        { path: 'App/stored', content: 'as it is' },
        { path: 'App/empty', content: '' },
      ]),
    );
    await extract(path => path.replace('App/', 'deep/er/'));
    const written = join(folder, 'out', 'deep', 'er');
    expect(await readFile(join(written, 'long'), 'utf8')).toBe(long);
    expect(await readFile(join(written, 'stored'), 'utf8')).toBe('as it is');
    expect(await readFile(join(written, 'empty'), 'utf8')).toBe('');
  });

  it('leaves out what has no place, and folders', async () => {
    await writeFile(
      archive,
      zip([
        { path: 'App/', content: '' },
        { path: 'App/wanted', content: '1' },
        { path: 'App/resources/other', content: '2' },
      ]),
    );
    await extract(path => (path.includes('resources') ? undefined : path));
    expect(await readdir(join(folder, 'out', 'App'))).toEqual(['wanted']);
  });

  it.skipIf(process.platform === 'win32')('keeps what may be run runnable', async () => {
    await writeFile(archive, zip([{ path: 'program', content: '#!', mode: 0o755 }]));
    await extract(path => path);
    expect((await stat(join(folder, 'out', 'program'))).mode & 0o111).toBe(0o111);
  });

  it('refuses an archive that leaves its folder', async () => {
    await writeFile(archive, zip([{ path: '../outside', content: '!' }]));
    await expect(extract(path => path)).rejects.toThrow('leaves its folder');
  });

  it('refuses a file that is no complete archive', async () => {
    await writeFile(archive, zip([{ path: 'a', content: '1' }]).subarray(0, 30));
    await expect(extract(path => path)).rejects.toThrow('not a complete zip archive');
  });
});

/** A zip archive, written from the format's description (PKWARE APPNOTE 4.3). */
function zip(files: readonly Packed[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { path, content, mode = 0o644, deflate = false } of files) {
    const name = Buffer.from(path);
    const data = deflate ? deflateRawSync(content) : Buffer.from(content);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(deflate ? 8 : 0, 10);
    central.writeUInt32LE(data.length, 20);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE((mode << 16) >>> 0, 38);
    central.writeUInt32LE(at, 42);
    bodies.push(local, name, data);
    directory.push(central, name);
    at += local.length + name.length + data.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, ...directory, end]);
}
