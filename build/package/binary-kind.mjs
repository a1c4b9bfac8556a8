// Tells from its first bytes which kinds of computer a program or library is for.

/** @typedef {import('./native-parts.mjs').System} System */

/** ELF `e_machine`, COFF `Machine` and Mach-O `cputype`, each as published by its owner. */
const ELF_MACHINES = new Map([
  [0x3e, 'x64'],
  [0xb7, 'arm64'],
]);
const PE_MACHINES = new Map([
  [0x8664, 'x64'],
  [0xaa64, 'arm64'],
]);
const MACH_MACHINES = new Map([
  [0x01000007, 'x64'],
  [0x0100000c, 'arm64'],
]);

const ELF = 0x7f454c46;
const MACH_64 = 0xfeedfacf;
const MACH_UNIVERSAL = 0xcafebabe;

/**
 * Every kind of computer that a file runs on; none for a file that is no native code.
 * @param {Buffer} file
 * @returns {System[]}
 */
export function binaryKinds(file) {
  if (file.length < 64) return [];
  const magic = file.readUInt32BE(0);
  if (magic === ELF) return [kind('linux', ELF_MACHINES, file.readUInt16LE(18))];
  if (file.readUInt32LE(0) === MACH_64)
    return [kind('darwin', MACH_MACHINES, file.readUInt32LE(4))];
  if (magic === MACH_UNIVERSAL) {
    const count = Math.min(file.readUInt32BE(4), Math.floor((file.length - 8) / 20));
    return Array.from({ length: count }, (_, i) =>
      kind('darwin', MACH_MACHINES, file.readUInt32BE(8 + i * 20)),
    );
  }
  if (file.toString('latin1', 0, 2) !== 'MZ') return [];
  const header = file.readUInt32LE(0x3c);
  if (header + 6 > file.length || file.toString('latin1', header, header + 2) !== 'PE') return [];
  return [kind('win32', PE_MACHINES, file.readUInt16LE(header + 4))];
}

/**
 * @param {NodeJS.Platform} platform
 * @param {Map<number, string>} machines
 * @param {number} machine
 * @returns {System}
 */
function kind(platform, machines, machine) {
  return { platform, arch: machines.get(machine) ?? 'unknown' };
}
