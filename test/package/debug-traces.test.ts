import { describe, expect, it } from 'vitest';
import { forgetDebugFile } from '../../build/package/debug-traces.mjs';

const BUILT_IN = 'C:\\Users\\someone\\earshot\\build\\Release\\naudiodon.pdb';

/** What a library of Windows holds where its debug record is, with code before and after. */
function library(path: string, letters = 'RSDS'): Buffer {
  return Buffer.concat([
    Buffer.from('MZ\x90\0code RSDS not a record\0', 'latin1'),
    Buffer.from(letters),
    Buffer.alloc(16, 0xab),
    Buffer.from([1, 0, 0, 0]),
    Buffer.from(`${path}\0`),
    Buffer.from('more code'),
  ]);
}

describe('the debug file that a library of Windows names', () => {
  it('is forgotten, and nothing else changes', () => {
    const file = library(BUILT_IN);
    const before = Buffer.from(file);
    forgetDebugFile(file);
    expect(file.includes('someone')).toBe(false);
    expect(file).toHaveLength(before.length);
    const at = before.indexOf(BUILT_IN);
    const end = at + BUILT_IN.length;
    expect(file.subarray(at, end).equals(Buffer.alloc(BUILT_IN.length))).toBe(true);
    expect(file.subarray(0, at).equals(before.subarray(0, at))).toBe(true);
    expect(file.subarray(end).equals(before.subarray(end))).toBe(true);
  });

  it.each([
    ['no record', library(BUILT_IN, 'NB10')],
    ['a record of something else', library('hello world')],
    ['no library of Windows', Buffer.from(library(BUILT_IN).subarray(2))],
  ])('is left alone in what is %s', (_what, file) => {
    const before = Buffer.from(file);
    forgetDebugFile(file);
    expect(file.equals(before)).toBe(true);
  });
});
