import { describe, expect, it } from 'vitest';
import { lookBeside, runpathOf } from '../../build/package/runpath.mjs';
import { elf } from './elf.ts';

const BUILT_IN = '/home/someone/earshot/node_modules/naudiodon/build/Release';

describe('the folder in which a Linux library looks for its companions', () => {
  it('is read from RUNPATH and from the older RPATH', () => {
    expect(runpathOf(elf({ runpath: BUILT_IN }))).toBe(BUILT_IN);
    expect(runpathOf(elf({ rpath: BUILT_IN }))).toBe(BUILT_IN);
  });

  it('is undefined where a library has none, and for what is no library', () => {
    expect(runpathOf(elf({}))).toBeUndefined();
    expect(runpathOf(Buffer.from('GIF89a'))).toBeUndefined();
  });

  it('becomes its own, with nothing left of the folder it was built in', () => {
    const library = elf({ runpath: BUILT_IN });
    const { length } = library;
    lookBeside(library);
    expect(runpathOf(library)).toBe('$ORIGIN');
    expect(library).toHaveLength(length);
    expect(library.includes('/home/someone')).toBe(false);
  });

  it('leaves names that share the end of the path as they were', () => {
    const library = elf({ runpath: BUILT_IN });
    const shared = library.indexOf('Release\0');
    lookBeside(library);
    expect(library.toString('latin1', shared, shared + 8)).toBe('Release\0');
  });

  it('is left alone where it is its own already, or where there is none', () => {
    for (const library of [elf({ runpath: '$ORIGIN' }), elf({})]) {
      const before = Buffer.from(library);
      lookBeside(library);
      expect(library.equals(before)).toBe(true);
    }
  });

  it('refuses a path that is too short to hold the new one', () => {
    expect(() => lookBeside(elf({ runpath: '/a/Release' }))).toThrow('no room for $ORIGIN');
  });
});
