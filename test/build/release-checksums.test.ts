import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { run } from '../../build/child.mjs';
import { writeChecksums } from '../../build/release-checksums.mjs';
import { tempFolder } from '../support/temp-folder.ts';

it('lists each file as sha256sum does, and not itself', async () => {
  const folder = tempFolder();
  writeFileSync(join(folder, 'b.zip'), 'abc');
  writeFileSync(join(folder, 'a.dmg'), '');
  mkdirSync(join(folder, 'more'));
  expect(await writeChecksums(folder)).toBe(2);
  expect(await writeChecksums(folder)).toBe(2);
  expect(readFileSync(join(folder, 'SHA256SUMS'), 'utf8')).toBe(
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a.dmg\n' +
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  b.zip\n',
  );
});

it.runIf(process.platform === 'linux')(
  'is checked by sha256sum, which finds what was changed',
  async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'a.deb'), 'as released');
    await writeChecksums(folder);
    const check = () => run('sha256sum', ['--check', 'SHA256SUMS'], { cwd: folder });
    expect((await check()).code).toBe(0);
    writeFileSync(join(folder, 'a.deb'), 'tampered with');
    expect((await check()).code).toBe(1);
  },
);

it('refuses to release nothing', async () => {
  await expect(writeChecksums(tempFolder())).rejects.toThrow('nothing to release');
});
