// How new a Linux's own libraries have to be for an app: read from the programs and libraries in it, since what is
// compiled here asks for whatever is new here.
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Stop } from '../progress.mjs';
import { dynamicPart, isElf } from './elf-file.mjs';
import { filesIn } from './files-in.mjs';

const TAG_STRINGS = 5n;
/** "Symbol Versioning" of the Linux Standard Base. */
const TAG_NEEDED_VERSIONS = 0x6ffffffen;
const TAG_NEEDED_COUNT = 0x6fffffffn;

/** Which GCC brings which `GLIBCXX_3.4.n`, the first to do so. Source: "ABI Policy and Guidelines" of libstdc++. */
const COMPILERS = /** @type {const} */ ([
  [21, '5'],
  [22, '6'],
  [25, '8'],
  [26, '9'],
  [28, '10'],
  [29, '11'],
  [30, '12'],
  [31, '13'],
  [32, '13.2'],
  [33, '14'],
  [34, '15'],
]);

/**
 * What an app needs of a system, in the words of Debian: `libc6 (>= 2.32)` and so on.
 * @param {string} app its folder
 * @returns {Promise<string[]>}
 */
export async function systemLibraries(app) {
  /** @type {Set<string>} */
  const versions = new Set();
  for (const path of await filesIn(app)) {
    const full = join(app, path);
    if (!(await startsAsElf(full))) continue;
    for (const version of neededVersions(await readFile(full))) versions.add(version);
  }
  const libc = newest([...versions], /^GLIBC_([\d.]+)$/);
  const compiler = newest([...versions], /^GLIBCXX_3\.4\.(\d+)$/);
  return [atLeast('libc6', libc), atLeast('libstdc++6', compiler && compilerOf(Number(compiler)))];
}

/**
 * The versions of symbols that a file asks of other libraries, such as `GLIBC_2.32`.
 * @param {Buffer} file
 * @returns {string[]}
 */
export function neededVersions(file) {
  const dynamic = dynamicPart(file);
  const table = dynamic?.tags.get(TAG_NEEDED_VERSIONS);
  const strings = dynamic?.tags.get(TAG_STRINGS);
  if (!dynamic || table === undefined || strings === undefined) return [];
  const names = dynamic.offsetOf(strings);
  /** @type {string[]} */
  const found = [];
  let library = dynamic.offsetOf(table);
  for (let i = dynamic.tags.get(TAG_NEEDED_COUNT) ?? 0n; i > 0n; i--) {
    let entry = library + file.readUInt32LE(library + 8);
    for (let k = file.readUInt16LE(library + 2); k > 0; k--) {
      const start = names + file.readUInt32LE(entry + 8);
      found.push(file.toString('latin1', start, file.indexOf(0, start)));
      entry += file.readUInt32LE(entry + 12);
    }
    library += file.readUInt32LE(library + 12);
  }
  return found;
}

/** @param {string} path */
async function startsAsElf(path) {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(65), 0, 65, 0);
    return isElf(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

/**
 * @param {readonly string[]} versions
 * @param {RegExp} pattern
 */
function newest(versions, pattern) {
  return versions
    .flatMap(version => pattern.exec(version)?.[1] ?? [])
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .at(-1);
}

/** @param {number} needed */
function compilerOf(needed) {
  const [, compiler] = COMPILERS.find(([brought]) => brought >= needed) ?? [];
  if (!compiler) throw new Stop(`Which compiler brings GLIBCXX_3.4.${needed} is not known here.`);
  return compiler;
}

/**
 * @param {string} name
 * @param {string | undefined} version
 */
function atLeast(name, version) {
  return version === undefined ? name : `${name} (>= ${version})`;
}
