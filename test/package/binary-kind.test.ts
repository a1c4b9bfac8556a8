import { describe, expect, it } from 'vitest';
import { binaryKinds } from '../../build/package/binary-kind.mjs';
import { elf } from './elf.ts';

/** A macOS library for several kinds of computer in one file. */
function universal(...machines: number[]): Buffer {
  const file = Buffer.alloc(128);
  file.writeUInt32BE(0xcafebabe, 0);
  file.writeUInt32BE(machines.length, 4);
  for (const [i, machine] of machines.entries()) file.writeUInt32BE(machine, 8 + 20 * i);
  return file;
}

describe('the kind of computer that native code is for', () => {
  it('is read from a Linux library', () => {
    expect(binaryKinds(elf({}))).toEqual([{ platform: 'linux', arch: 'x64' }]);
    expect(binaryKinds(elf({ machine: 0xb7 }))).toEqual([{ platform: 'linux', arch: 'arm64' }]);
    expect(binaryKinds(elf({ machine: 0x03 }))).toEqual([{ platform: 'linux', arch: 'unknown' }]);
  });

  it('is each of those in a universal library of macOS', () => {
    expect(binaryKinds(universal(0x01000007, 0x0100000c))).toEqual([
      { platform: 'darwin', arch: 'x64' },
      { platform: 'darwin', arch: 'arm64' },
    ]);
  });

  it('is none for what is no native code, however it starts', () => {
    expect(binaryKinds(Buffer.from('MZ'))).toEqual([]);
    expect(binaryKinds(Buffer.from(`MZ${' '.repeat(200)}`))).toEqual([]);
    expect(binaryKinds(Buffer.from(`\0asm${'\0'.repeat(200)}`))).toEqual([]);
  });
});
