// Writes a Debian package without any of Debian's tools: an `ar` archive of two tar archives (deb(5)).
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGzip, gzipSync } from 'node:zlib';
import { pack as tar } from 'tar-stream';
import { packageGroups } from '../debian-packages.mjs';
import { desktopEntry } from '../electron-builder.mjs';
import { addEntry, addFolder, addParents } from './archive-entries.mjs';
import { filesIn } from './files-in.mjs';
import { systemLibraries } from './system-libraries.mjs';

/** Where the app goes. */
const HOME = './opt/Earshot';
const APPLICATIONS = './usr/share/applications';
const ICONS = './usr/share/icons/hicolor';
const DOCUMENTS = './usr/share/doc/earshot';
const PROGRAM = './usr/bin/earshot';

/** Libraries that newer systems call by another name, since times there go beyond 2038. */
const RENAMED = ['libgtk-3-0', 'libasound2'];
const DEBIAN_ARCHITECTURES = new Map([
  ['x64', 'amd64'],
  ['arm64', 'arm64'],
]);

/**
 * @typedef {object} DebianOptions
 * @property {string} app the unpacked app
 * @property {string} icons a folder with `16x16.png` and so on
 * @property {{ name: string, version: string, description: string, author: string }} manifest
 * @property {string} licence
 * @property {string} arch as Node says it
 * @property {number} level of compression, 0 to 9
 * @property {Date} mtime of everything inside
 */

/**
 * Writes the package.
 * @param {string} path
 * @param {DebianOptions} options
 */
export async function writeDebianPackage(path, options) {
  const work = await mkdtemp(join(tmpdir(), 'earshot-deb-'));
  try {
    const data = join(work, 'data.tar.gz');
    await writeData(data, options);
    const control = gzipSync(await controlArchive(options));
    const file = createWriteStream(path);
    file.write('!<arch>\n');
    const seconds = Math.floor(options.mtime.getTime() / 1000);
    addMember(file, 'debian-binary', Buffer.from('2.0\n'), seconds);
    addMember(file, 'control.tar.gz', control, seconds);
    const { size } = await stat(data);
    file.write(memberHeader('data.tar.gz', size, seconds));
    await pipeline(createReadStream(data), file, { end: false });
    if (size % 2 === 1) file.write('\n');
    file.end();
    await once(file, 'close');
  } finally {
    await rm(work, { recursive: true });
  }
}

/**
 * The text that tells Debian about the package.
 * @param {DebianOptions} options
 * @param {number} installedBytes
 * @param {readonly string[]} libraries of the system, with the oldest version that will do
 */
function controlText({ manifest, arch }, installedBytes, libraries) {
  const depends = packageGroups.window.map(name =>
    RENAMED.includes(name) ? `${name} | ${name}t64` : name,
  );
  return `${[
    `Package: ${manifest.name}`,
    `Version: ${debianVersion(manifest.version)}`,
    `Architecture: ${DEBIAN_ARCHITECTURES.get(arch) ?? arch}`,
    `Maintainer: ${manifest.author}`,
    `Installed-Size: ${Math.ceil(installedBytes / 1024)}`,
    `Depends: ${[...libraries, 'libxtst6', 'libuuid1', ...depends].join(', ')}`,
    'Recommends: libsecret-1-0, libnotify4, xdg-utils',
    'Section: comm',
    'Priority: optional',
    'Description: desktop console for live phone calls',
    ` ${manifest.description}`,
  ].join('\n')}\n`;
}

/**
 * A version as Debian sorts it: a beta comes before what it becomes.
 * @param {string} version
 */
function debianVersion(version) {
  return version.replace('-', '~');
}

/** The menu entry. */
export function desktopText() {
  const entry = {
    Type: 'Application',
    ...desktopEntry,
    Exec: '/opt/Earshot/earshot %U',
    Icon: 'earshot',
    Terminal: 'false',
  };
  const lines = Object.entries(entry).map(([key, value]) => `${key}=${value}`);
  return `[Desktop Entry]\n${lines.join('\n')}\n`;
}

/** @param {DebianOptions} options */
async function controlArchive(options) {
  const sizes = (await filesIn(options.app)).map(file => stat(join(options.app, file)));
  const bytes = (await Promise.all(sizes)).reduce((sum, { size }) => sum + size, 0);
  const archive = tar();
  const { mtime } = options;
  const libraries = await systemLibraries(options.app);
  addEntry(archive, './control', controlText(options, bytes, libraries), { mtime });
  archive.finalize();
  return buffer(archive);
}

/**
 * @param {string} path
 * @param {DebianOptions} options
 */
async function writeData(path, { app, icons, licence, level, mtime }) {
  const archive = tar();
  const written = pipeline(archive, createGzip({ level }), createWriteStream(path));
  const fill = async () => {
    const sizes = await readdir(icons);
    const drawn = sizes.map(name => `${ICONS}/${name.replace('.png', '')}/apps/earshot.png`);
    const desktop = `${APPLICATIONS}/earshot.desktop`;
    const copyright = `${DOCUMENTS}/copyright`;
    addParents(archive, [PROGRAM, desktop, copyright, ...drawn], mtime);
    addEntry(archive, PROGRAM, { link: '/opt/Earshot/earshot' }, { mtime });
    addEntry(archive, desktop, desktopText(), { mtime });
    addEntry(archive, copyright, licence, { mtime });
    for (const [i, name] of sizes.entries()) {
      addEntry(archive, drawn[i] ?? name, await readFile(join(icons, name)), { mtime });
    }
    await addFolder(archive, app, HOME, { mtime, setUserId: true });
    archive.finalize();
  };
  await Promise.all([fill(), written]);
}

/**
 * @param {import('node:fs').WriteStream} file
 * @param {string} name
 * @param {Buffer} content
 * @param {number} seconds
 */
function addMember(file, name, content, seconds) {
  file.write(memberHeader(name, content.length, seconds));
  file.write(content);
  if (content.length % 2 === 1) file.write('\n');
}

/**
 * What stands before each member of an `ar` archive: text in columns.
 * @param {string} name
 * @param {number} size bytes
 * @param {number} seconds since 1970
 */
function memberHeader(name, size, seconds) {
  const columns = [
    name.padEnd(16),
    String(seconds).padEnd(12),
    '0'.padEnd(6),
    '0'.padEnd(6),
    '100644'.padEnd(8),
    String(size).padEnd(10),
  ];
  return `${columns.join('')}\`\n`;
}
