// Reads the tables of an ELF file that Linux reads when it loads one (System V ABI, "Program Header" and "Dynamic Section").

const SEGMENT_LOAD = 1;
const SEGMENT_DYNAMIC = 2;

/**
 * @typedef {object} DynamicPart
 * @property {ReadonlyMap<bigint, bigint>} tags what the dynamic section says, by tag
 * @property {(address: bigint) => number} offsetOf where in the file an address lies
 */

/** @param {Buffer} file */
export function isElf(file) {
  return file.length > 64 && file.readUInt32BE(0) === 0x7f454c46;
}

/**
 * The dynamic section of a file; undefined where there is none.
 * @param {Buffer} file
 * @returns {DynamicPart | undefined}
 * @throws when the file is not of the one kind known here
 */
export function dynamicPart(file) {
  if (!isElf(file)) return undefined;
  if (file[4] !== 2 || file[5] !== 1) throw new Error('only 64-bit little-endian ELF is known');
  const segments = readSegments(file);
  const dynamic = segments.find(({ type }) => type === SEGMENT_DYNAMIC);
  if (!dynamic) return undefined;
  /** @type {Map<bigint, bigint>} */
  const tags = new Map();
  for (let at = dynamic.offset; at < dynamic.offset + dynamic.size; at += 16) {
    tags.set(file.readBigInt64LE(at), file.readBigUInt64LE(at + 8));
  }
  return { tags, offsetOf: address => offsetIn(segments, Number(address)) };
}

/**
 * @param {ReturnType<typeof readSegments>} segments
 * @param {number} place
 */
function offsetIn(segments, place) {
  const home = segments.find(
    ({ type, address, size }) =>
      type === SEGMENT_LOAD && place >= address && place < address + size,
  );
  if (!home) throw new Error('a table of the ELF file lies outside of it');
  return home.offset + place - home.address;
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
