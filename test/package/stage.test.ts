import { describe, expect, it } from 'vitest';
import { unsigned } from '../../build/package/signing.mjs';
import { ownManifest } from '../../build/package/stage.mjs';

const signed = { by: 'certificate', notarises: false } as const;

/** What the package of a system says of itself. */
const manifest = async (platform: NodeJS.Platform, signing: Parameters<typeof ownManifest>[1]) =>
  JSON.parse(await ownManifest({ platform, arch: 'x64' }, signing));

describe('what a package says of itself', () => {
  it('is what it is called and where it begins, and no list of what it was made of', async () => {
    const own = await manifest('linux', unsigned);
    expect(own).toMatchObject({ name: 'earshot', main: 'out/main/main.cjs' });
    for (const key of ['dependencies', 'devDependencies', 'scripts', 'overrides'])
      expect(own).not.toHaveProperty(key);
  });

  it('tells on macOS alone whether it is signed: nothing else is updated there', async () => {
    expect(await manifest('darwin', unsigned)).toHaveProperty('signed', false);
    expect(await manifest('darwin', signed)).toHaveProperty('signed', true);
    expect(await manifest('linux', unsigned)).not.toHaveProperty('signed');
    expect(await manifest('win32', signed)).not.toHaveProperty('signed');
  });
});
