import { describe, expect, it } from 'vitest';
import { builtInCatalogue } from '../../electron/offline/catalogue.ts';
import { ownCatalogueSchema } from '../../electron/offline/pack-recipe.ts';

describe('the built-in catalogue', () => {
  it.each([
    ['linux', 'x64', 'libvosk.so'],
    ['darwin', 'arm64', 'libvosk.dylib'],
    ['win32', 'x64', 'libvosk.dll'],
  ])('has the engine for %s on %s', (platform, arch, library) => {
    const { engine } = builtInCatalogue(platform, arch);
    expect(engine?.library.endsWith(library)).toBe(true);
  });

  it('has none for a computer its makers have none for', () => {
    expect(builtInCatalogue('linux', 'arm64').engine).toBeNull();
  });

  it('names everything as one would have to oneself, by https', () => {
    const { engine, packs } = builtInCatalogue('win32', 'x64');
    expect(ownCatalogueSchema.safeParse({ engine, packs }).success).toBe(true);
    expect(packs.every(({ model }) => model.url.startsWith('https://'))).toBe(true);
    expect(new Set(packs.map(({ id }) => id)).size).toBe(packs.length);
  });
});
