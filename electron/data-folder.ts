import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from './config.ts';

/** The folder for data: `EARSHOT_DATA_DIR`, or where this system keeps an app's data. */
export function dataFolder(environment: Environment, platform: NodeJS.Platform): string {
  const chosen = environment['EARSHOT_DATA_DIR'];
  if (chosen !== undefined && chosen !== '') return chosen;
  switch (platform) {
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Earshot');
    case 'win32':
      return join(environment['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Earshot');
    default:
      return join(environment['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'Earshot');
  }
}
