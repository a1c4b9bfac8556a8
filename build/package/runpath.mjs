// Where a Linux library looks for its companions. node-gyp writes the absolute path of the folder it built in, which is
// no place on anybody else's computer; this makes it the library's own folder.

const SEGMENT_LOAD = 1;
const SEGMENT_DYNAMIC = 2;
const TAG_STRINGS = 5n;
const TAG_RPATH = 15n;
const TAG_RUNPATH = 29n;
const OWN_FOLDER = '$ORIGIN\0';

/**
 * The search path of an ELF file (System V ABI, "Dynamic Section"), or undefined where it has none.
 * @param {Buffer} file
 * @returns {string | undefined}
 */
export function runpathOf(file) {
  const place = placeOfRunpath(file);
  return place && file.toString('utf8', place.start, place.end);
}

/**
 * Makes a library look for its companions beside itself. The path's last part stays behind the
 * new one, unread: names of symbols may share the end of it, as linkers merge equal endings, but
 * none of them holds a slash.
 * @param {Buffer} file changed in place
 * @throws when the path is too short to hold the new one
 */
export function lookBeside(file) {
  const place = placeOfRunpath(file);
  if (!place) return;
  const lastPart = file.lastIndexOf('/', place.end) + 1;
  if (lastPart - place.start < OWN_FOLDER.length) {
    if (runpathOf(file) === '$ORIGIN') return;
    throw new Error(`no room for $ORIGIN in the search path ${runpathOf(file)}`);
  }
  file.fill(0, place.start, lastPart);
  file.write(OWN_FOLDER, place.start, 'latin1');
}

/** @param {Buffer} file */
export function isElf(file) {
  return file.length > 64 && file.readUInt32BE(0) === 0x7f454c46;
}

/**
 * @param {Buffer} file
 * @returns {{ start: number, end: number } | undefined}
 */
function placeOfRunpath(file) {
  if (!isElf(file)) return undefined;
  if (file[4] !== 2 || file[5] !== 1) throw new Error('only 64-bit little-endian ELF is known');
  const segments = readSegments(file);
  const dynamic = segments.find(({ type }) => type === SEGMENT_DYNAMIC);
  if (!dynamic) return undefined;
  /** @type {Map<bigint, number>} */
  const tags = new Map();
  for (let at = dynamic.offset; at < dynamic.offset + dynamic.size; at += 16) {
    tags.set(file.readBigInt64LE(at), Number(file.readBigUInt64LE(at + 8)));
  }
  const path = tags.get(TAG_RUNPATH) ?? tags.get(TAG_RPATH);
  const strings = tags.get(TAG_STRINGS);
  if (path === undefined || strings === undefined) return undefined;
  const home = segments.find(
    ({ type, address, size }) =>
      type === SEGMENT_LOAD && strings >= address && strings < address + size,
  );
  if (!home) throw new Error('the strings of the ELF file lie outside of it');
  const start = home.offset + strings - home.address + path;
  return { start, end: file.indexOf(0, start) };
}

/** @param {Buffer} file */
function readSegments(file) {
  const first = Number(file.readBigUInt64LE(32));
  const entrySize = file.readUInt16LE(54);
  return Array.from({ length: file.readUInt16LE(56) }, (_, i) => {
    const at = first + i * entrySize;
    return {
      type: file.readUInt32LE(at),
      offset: Number(file.readBigUInt64LE(at + 8)),
      address: Number(file.readBigUInt64LE(at + 16)),
      size: Number(file.readBigUInt64LE(at + 32)),
    };
  });
}
