import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { visualCRuntime } from '../../build/package/visual-c-runtime.mjs';
import { tempFolder } from '../support/temp-folder.ts';

describe('the libraries of Visual C++', () => {
  it('are the newest ones for the kind of computer', async () => {
    const studio = tempFolder();
    const folders = [
      '2022/BuildTools/VC/Redist/MSVC/14.9.1/x64/Microsoft.VC143.CRT',
      '2022/BuildTools/VC/Redist/MSVC/14.44.2/x64/Microsoft.VC143.CRT',
      '2022/BuildTools/VC/Redist/MSVC/14.44.2/x64/Microsoft.VC143.OpenMP',
      '2022/BuildTools/VC/Redist/MSVC/14.44.2/arm64/Microsoft.VC143.CRT',
      '2022/BuildTools/VC/Redist/MSVC/v143/x64/Microsoft.VC143.CRT',
    ];
    for (const folder of folders) await mkdir(join(studio, folder), { recursive: true });
    expect(await visualCRuntime('x64', [join(studio, 'none'), studio])).toBe(
      join(studio, '2022/BuildTools/VC/Redist/MSVC/14.44.2/x64/Microsoft.VC143.CRT'),
    );
  });

  it('are asked for where there are none', async () => {
    await expect(visualCRuntime('x64', [tempFolder()])).rejects.toThrow('build tools');
  });
});
