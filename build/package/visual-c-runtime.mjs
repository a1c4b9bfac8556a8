// The libraries of Visual C++ that ONNX Runtime wants beside it on Windows, where not every computer has them.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Stop } from '../progress.mjs';

/** What onnxruntime.dll and its addon import of them. */
export const visualCLibraries = /** @type {const} */ ([
  'msvcp140.dll',
  'msvcp140_1.dll',
  'vcruntime140.dll',
  'vcruntime140_1.dll',
]);

/** Where Visual Studio and its build tools are installed; compiling an addon takes one of them. */
const STUDIOS = [
  'C:/Program Files/Microsoft Visual Studio',
  'C:/Program Files (x86)/Microsoft Visual Studio',
];

/**
 * The folder with the libraries that may be passed on with a program ("Redistributing Visual C++
 * files", Microsoft): the newest there is.
 * @param {string} arch as Node says it
 * @param {readonly string[]} [studios]
 * @returns {Promise<string>}
 */
export async function visualCRuntime(arch, studios = STUDIOS) {
  /** @type {readonly RegExp[]} year, edition, and so on down to the version of the libraries */
  const levels = [/^\d+$/, /./, /^VC$/, /^Redist$/, /^MSVC$/, /^[\d.]+$/, exactly(arch), /\.CRT$/];
  let folders = [...studios];
  for (const level of levels) {
    folders = (await Promise.all(folders.map(folder => foldersIn(folder, level)))).flat();
  }
  const newest = folders.at(-1);
  if (!newest) {
    throw new Stop('The libraries of Visual C++ are not here: install its build tools first.');
  }
  return newest;
}

/** @param {string} name */
function exactly(name) {
  return new RegExp(`^${name}$`);
}

/**
 * @param {string} folder
 * @param {RegExp} pattern
 */
async function foldersIn(folder, pattern) {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter(name => pattern.test(name))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map(name => join(folder, name));
}
