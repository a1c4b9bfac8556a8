import { accessSync, constants, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from './config.ts';
import { ProblemError } from './core/problem.ts';

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

/**
 * The same, made where it is not there yet, for this user alone.
 * @throws ProblemError `storage-failed` when nothing can be kept there
 */
export function openDataFolder(environment: Environment, platform: NodeJS.Platform): string {
  const folder = dataFolder(environment, platform);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
    throw new ProblemError({
      kind: 'storage-failed',
      message: `Earshot cannot keep anything in its folder for data${code}.`,
      remedy: `Make ${folder} a folder that you may read and write, or name another one in EARSHOT_DATA_DIR.`,
    });
  }
  return folder;
}
