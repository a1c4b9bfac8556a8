import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { neededVersions, systemLibraries } from '../../build/package/system-libraries.mjs';
import { tempFolder } from '../support/temp-folder.ts';
import { elf } from './elf.ts';

/** A folder with a library for each list of versions. */
async function appOf(...libraries: readonly (readonly string[])[]): Promise<string> {
  const folder = tempFolder();
  for (const [i, versions] of libraries.entries())
    await writeFile(join(folder, `${i}.node`), elf({ versions }));
  return folder;
}

describe('what an app needs of a Linux', () => {
  it('is read from each library', () => {
    const versions = ['GLIBC_2.2.5', 'GLIBC_2.32', 'GLIBCXX_3.4.30'];
    expect(neededVersions(elf({ versions }))).toEqual(versions);
    expect(neededVersions(elf({}))).toEqual([]);
    expect(neededVersions(Buffer.from('GIF89a'))).toEqual([]);
  });

  it('is what the most demanding of them wants, by number and not by letter', async () => {
    const app = await appOf(
      ['GLIBC_2.9', 'GLIBCXX_3.4.9'],
      ['GLIBC_2.2.5', 'GLIBC_2.32', 'GLIBC_PRIVATE'],
      ['GLIBC_2.4', 'GLIBCXX_3.4.30', 'CXXABI_1.3.13'],
    );
    expect(await systemLibraries(app)).toEqual(['libc6 (>= 2.32)', 'libstdc++6 (>= 12)']);
  });

  it('takes the compiler that came next where a version was born in between', async () => {
    expect(await systemLibraries(await appOf(['GLIBCXX_3.4.27']))).toContain('libstdc++6 (>= 10)');
  });

  it('is any version for an app that asks for none', async () => {
    const app = await appOf();
    await writeFile(join(app, 'readme'), 'no program');
    expect(await systemLibraries(app)).toEqual(['libc6', 'libstdc++6']);
  });

  it('is not guessed for a compiler that is not known yet', async () => {
    await expect(systemLibraries(await appOf(['GLIBCXX_3.4.99']))).rejects.toThrow('3.4.99');
  });
});
