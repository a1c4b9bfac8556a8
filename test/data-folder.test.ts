import { statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataFolder, openDataFolder } from '../electron/data-folder.ts';
import { tempFolder } from './support/temp-folder.ts';

describe('the data folder', () => {
  it('is the one that was chosen, on every system', () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      expect(dataFolder({ EARSHOT_DATA_DIR: '/data' }, platform)).toBe('/data');
    }
  });

  it('is where the system keeps the data of apps when none was chosen', () => {
    const home = homedir();
    const environment = { EARSHOT_DATA_DIR: '', XDG_CONFIG_HOME: '/config', APPDATA: '/roaming' };
    expect(dataFolder(environment, 'linux')).toBe(join('/config', 'Earshot'));
    expect(dataFolder(environment, 'win32')).toBe(join('/roaming', 'Earshot'));
    expect(dataFolder({}, 'linux')).toBe(join(home, '.config', 'Earshot'));
    expect(dataFolder({}, 'win32')).toBe(join(home, 'AppData', 'Roaming', 'Earshot'));
    expect(dataFolder({}, 'darwin')).toBe(join(home, 'Library', 'Application Support', 'Earshot'));
  });

  it('is made for this user alone', () => {
    const folder = join(tempFolder(), 'new', 'folder');
    expect(openDataFolder({ EARSHOT_DATA_DIR: folder }, process.platform)).toBe(folder);
    if (process.platform !== 'win32') expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('is asked for when nothing can be kept there', () => {
    const file = join(tempFolder(), 'file');
    writeFileSync(file, 'this is no folder');
    for (const folder of [file, join(file, 'below')]) {
      expect(() => openDataFolder({ EARSHOT_DATA_DIR: folder }, process.platform)).toThrow(
        expect.objectContaining({
          problem: {
            kind: 'storage-failed',
            message: expect.stringMatching(/cannot keep anything .* \(E[A-Z]+\)\./),
            remedy: expect.stringContaining(folder),
          },
        }),
      );
    }
  });
});
