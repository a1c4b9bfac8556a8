// Makes the app as a folder: what installers and archives are then made of.
import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Arch, build, DIR_TARGET, Platform } from 'electron-builder';
import { projectFolder } from '../child.mjs';
import { packageConfiguration } from '../electron-builder.mjs';
import { unsigned } from './signing.mjs';
import { stageApp } from './stage.mjs';

/** @typedef {import('../electron-runtime.mjs').ElectronRuntime} ElectronRuntime */

/** This computer: packages are made for the kind of computer they are made on, as its natives are. */
export const thisSystem = { platform: process.platform, arch: process.arch };

/**
 * Stages the app and packs it with an Electron that is at hand.
 * @param {object} options
 * @param {ElectronRuntime} options.electron
 * @param {string} options.folder for everything that is made
 * @param {readonly string[]} [options.targets] of electron-builder; none makes the folder alone
 * @param {import('./signing.mjs').Signing} [options.signing]
 * @returns {Promise<string>} the app's folder
 */
export async function makeUnpackedApp({ electron, folder, targets = [], signing = unsigned }) {
  const staged = join(folder, 'app');
  await mkdir(folder, { recursive: true });
  await stageApp(staged, thisSystem, signing);
  const configuration = packageConfiguration(signing);
  await build({
    projectDir: projectFolder,
    targets: platform().createTarget(
      targets.length > 0 ? [...targets] : DIR_TARGET,
      process.arch === 'arm64' ? Arch.arm64 : Arch.x64,
    ),
    publish: 'never',
    config: {
      ...configuration,
      directories: { ...configuration.directories, app: staged, output: folder },
      electronDist: distFolder(electron.executablePath),
      electronVersion: electron.version,
      afterExtract: ({ appOutDir }) => removeLeftovers(appOutDir),
    },
  });
  await rm(staged, { recursive: true });
  await rm(join(folder, 'builder-debug.yml'), { force: true });
  return join(folder, await unpackedName(folder));
}

/**
 * What an Electron out of the npm registry has beside its own: see registry-runtime.mjs.
 * @param {string} folder
 */
async function removeLeftovers(folder) {
  for (const name of ['earshot-runtime.json', 'resources/default_app.asar']) {
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

function platform() {
  if (process.platform === 'darwin') return Platform.MAC;
  return process.platform === 'win32' ? Platform.WINDOWS : Platform.LINUX;
}

/**
 * The folder that holds an Electron: on macOS its executable lies three deep in an app.
 * @param {string} executablePath
 */
function distFolder(executablePath) {
  const beside = dirname(executablePath);
  return process.platform === 'darwin' ? join(beside, '..', '..', '..') : beside;
}

/**
 * How electron-builder names the folder on this system.
 * @param {string} folder
 */
async function unpackedName(folder) {
  const names = await readdir(folder);
  const name = names.find(one => /^(linux|win)-(arm64-)?unpacked$|^mac(-arm64)?$/.test(one));
  if (!name) throw new Error(`electron-builder made no app in ${folder}`);
  return name;
}
