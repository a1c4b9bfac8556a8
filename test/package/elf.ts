type Parts = {
  readonly runpath?: string;
  readonly rpath?: string;
  readonly machine?: number;
  /** Versions of symbols that it asks of other libraries. */
  readonly versions?: readonly string[];
};

const STRINGS_AT = 0x100;
const VERSIONS_AT = 0x300;
const DYNAMIC_AT = 0x400;
/** Where the file's bytes are when loaded: addresses are not offsets. */
const LOADED_AT = 0x10000;

/** A small ELF library for x86-64 with the tables that hold its search path and its needs. Source: System V ABI. */
export function elf({ runpath, rpath, machine = 0x3e, versions = [] }: Parts): Buffer {
  const file = Buffer.alloc(0x500);
  file.write('\x7fELF\x02\x01\x01', 'latin1');
  file.writeUInt16LE(machine, 18);
  file.writeBigUInt64LE(64n, 32);
  file.writeUInt16LE(56, 54);
  file.writeUInt16LE(2, 56);
  segment(file, 64, { type: 1, offset: 0, size: file.length });
  segment(file, 64 + 56, { type: 2, offset: DYNAMIC_AT, size: 80 });
  file.write(`\0${runpath ?? rpath ?? 'libc.so.6'}\0`, STRINGS_AT, 'latin1');
  const pathTag = runpath === undefined ? 15n : 29n;
  tag(file, DYNAMIC_AT, runpath === undefined && rpath === undefined ? 1n : pathTag, 1n);
  tag(file, DYNAMIC_AT + 16, 5n, BigInt(LOADED_AT + STRINGS_AT));
  neededVersions(file, versions);
  return file;
}

/** The table of needed versions: each of a library of its own, as if they were many. */
function neededVersions(file: Buffer, versions: readonly string[]): void {
  tag(file, DYNAMIC_AT + 32, 0x6ffffffen, BigInt(LOADED_AT + VERSIONS_AT));
  tag(file, DYNAMIC_AT + 48, 0x6fffffffn, BigInt(versions.length));
  let nameAt = 0x100;
  for (const [i, version] of versions.entries()) {
    const at = VERSIONS_AT + i * 32;
    file.writeUInt16LE(1, at + 2);
    file.writeUInt32LE(16, at + 8);
    file.writeUInt32LE(i === versions.length - 1 ? 0 : 32, at + 12);
    file.writeUInt32LE(nameAt, at + 16 + 8);
    file.write(`${version}\0`, STRINGS_AT + nameAt, 'latin1');
    nameAt += version.length + 1;
  }
}

function segment(
  file: Buffer,
  at: number,
  { type, offset, size }: { type: number; offset: number; size: number },
): void {
  file.writeUInt32LE(type, at);
  file.writeBigUInt64LE(BigInt(offset), at + 8);
  file.writeBigUInt64LE(BigInt(LOADED_AT + offset), at + 16);
  file.writeBigUInt64LE(BigInt(size), at + 32);
}

function tag(file: Buffer, at: number, name: bigint, value: bigint): void {
  file.writeBigInt64LE(name, at);
  file.writeBigUInt64LE(value, at + 8);
}
