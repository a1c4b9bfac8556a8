// How big a package is, part by part, against a budget that is kept in the project.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../child.mjs';

/** Megabytes (10⁶ bytes) by part. @typedef {Record<string, number>} Sizes */

const MEGABYTE = 1e6;

/** The first that fits names the part; whatever fits none is Electron's. */
const PARTS = /** @type {const} */ ([
  [/app\.asar(\.unpacked)?\/node_modules\/@echogarden\//, 'voices'],
  [/app\.asar(\.unpacked)?\/node_modules\/onnxruntime-/, 'voice activity'],
  [/app\.asar(\.unpacked)?\/node_modules\/@ngrok\//, 'tunnel'],
  [/app\.asar(\.unpacked)?\/node_modules\//, 'other native parts'],
  [/app\.asar\/out\/renderer\//, 'window'],
  [/app\.asar(\.unpacked)?\//, 'main side'],
]);

/**
 * @param {readonly import('./content.mjs').PackedFile[]} files
 * @returns {Sizes}
 */
export function sizesOf(files) {
  /** @type {Sizes} */
  const sizes = { electron: 0 };
  for (const { path, size } of files) {
    const part = PARTS.find(([pattern]) => pattern.test(path))?.[1] ?? 'electron';
    sizes[part] = (sizes[part] ?? 0) + size / MEGABYTE;
  }
  return sizes;
}

/** What people fetch, by the end of its name. */
const INSTALLER = /\.(dmg|zip|exe|AppImage|deb|tar\.gz)$/;

/**
 * The size of each installer in a folder, by its kind.
 * @param {string} folder
 * @returns {Promise<Sizes>}
 */
export async function installerSizes(folder) {
  /** @type {Sizes} */
  const sizes = {};
  for (const name of await readdir(folder)) {
    const kind = INSTALLER.exec(name)?.[1];
    if (kind) sizes[kind] = (await stat(join(folder, name))).size / MEGABYTE;
  }
  return sizes;
}

/**
 * The budget of this project, for packages of a system. Electron's own part differs by system: that
 * of Linux has room for the versions to come; the others have a tenth more, since macOS and Windows
 * bring libraries that Linux has.
 * @param {NodeJS.Platform} [platform]
 * @returns {Promise<Sizes>}
 */
export async function readBudget(platform = process.platform) {
  const text = await readFile(join(projectFolder, 'build', 'size-budget.json'), 'utf8');
  /** @type {Record<string, number | Partial<Record<NodeJS.Platform, number>>>} */
  const parts = JSON.parse(text);
  return Object.fromEntries(
    Object.entries(parts).map(([part, limit]) => [
      part,
      typeof limit === 'number' ? limit : (limit[platform] ?? 0),
    ]),
  );
}

/**
 * Every part that is bigger than its budget, or has none.
 * @param {Sizes} sizes
 * @param {Sizes} budget
 */
export function overBudget(sizes, budget) {
  return Object.entries(sizes).flatMap(([part, size]) => {
    const limit = budget[part];
    if (limit === undefined) return [`${part} takes ${shown(size)} and has no budget`];
    return size > limit ? [`${part} takes ${shown(size)}, budgeted are ${shown(limit)}`] : [];
  });
}

/**
 * A table for people.
 * @param {Sizes} sizes
 * @param {Sizes} budget
 */
export function sizeTable(sizes, budget) {
  return Object.entries(sizes)
    .sort(([, a], [, b]) => b - a)
    .map(
      ([part, size]) => `  ${part.padEnd(20)}${shown(size).padStart(10)} of ${budget[part] ?? '?'}`,
    )
    .join('\n');
}

/** @param {number} size */
function shown(size) {
  return `${size.toFixed(1)} MB`;
}
