// How big a package is, part by part, against a budget that is kept in the project.
import { readFile, stat } from 'node:fs/promises';
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

/**
 * The size of one file.
 * @param {string} path
 */
export async function megabytes(path) {
  return (await stat(path)).size / MEGABYTE;
}

/** The budget of this project. @returns {Promise<Sizes>} */
export async function readBudget() {
  return JSON.parse(await readFile(join(projectFolder, 'build', 'size-budget.json'), 'utf8'));
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
