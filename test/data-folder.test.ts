import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataFolder } from '../electron/data-folder.ts';

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
});
