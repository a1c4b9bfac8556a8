// Lays out what goes into the app's archive: the bundles and the native parts, nothing else.
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { projectFolder } from '../child.mjs';
import { Stop } from '../progress.mjs';
import { nativeParts, onnxFolder } from './native-parts.mjs';
import { lookBeside } from './runpath.mjs';
import { visualCLibraries, visualCRuntime } from './visual-c-runtime.mjs';

/** Programs for plain Node, which a package does not hold. */
const NODE_PROGRAMS = ['headless.cjs', 'practice.cjs'];

/**
 * Fills an empty folder with everything the app needs beside Electron.
 * @param {string} folder
 * @param {import('./native-parts.mjs').System} system
 */
export async function stageApp(folder, system) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), await ownManifest());
  await cp(join(projectFolder, 'LICENSE'), join(folder, 'LICENSE'));
  for (const part of ['main', 'preload', 'renderer']) {
    await cp(join(projectFolder, 'out', part), join(folder, 'out', part), {
      recursive: true,
      filter: path => !path.endsWith('.map') && !NODE_PROGRAMS.some(name => path.endsWith(name)),
    });
  }
  for (const part of nativeParts(system)) await stageNative(folder, part);
  if (system.platform === 'win32') await stageVisualC(folder, system);
}

/** What Electron and electron-builder read of package.json; no dependencies: they are all inside. */
async function ownManifest() {
  const manifest = JSON.parse(await readFile(join(projectFolder, 'package.json'), 'utf8'));
  const { name, productName, version, description, license, author, homepage, type, main } =
    manifest;
  const own = { name, productName, version, description, license, author, homepage, type, main };
  return JSON.stringify(own, null, 2);
}

/**
 * @param {string} folder
 * @param {import('./native-parts.mjs').NativePart} part
 */
async function stageNative(folder, { name, files }) {
  const from = join(projectFolder, 'node_modules', name);
  const present = await filesIn(from).catch(() => {
    throw new Stop(`${name} is not installed here, so a package cannot be made for this computer.`);
  });
  for (const wanted of files) {
    const matching = present.filter(path =>
      typeof wanted === 'string' ? path === wanted : wanted.test(path),
    );
    if (matching.length === 0) throw new Stop(`${name} has no ${wanted}; a package needs it.`);
    for (const path of matching) {
      await copyNative(join(from, path), join(folder, 'node_modules', name, path));
    }
  }
}

/**
 * Windows looks for an addon's libraries beside it first.
 * @param {string} folder
 * @param {import('./native-parts.mjs').System} system
 */
async function stageVisualC(folder, system) {
  const from = await visualCRuntime(system.arch);
  const to = join(folder, 'node_modules', 'onnxruntime-node', onnxFolder(system));
  for (const name of visualCLibraries) await cp(join(from, name), join(to, name));
}

/**
 * @param {string} from
 * @param {string} to
 */
async function copyNative(from, to) {
  await mkdir(dirname(to), { recursive: true });
  // Compiled here, it would look for its companions here.
  if (!from.endsWith('naudiodon.node')) return cp(from, to);
  const library = await readFile(from);
  lookBeside(library);
  await writeFile(to, library, { mode: 0o755 });
}

/**
 * The paths of all files under a folder, `/` between folders.
 * @param {string} folder
 */
export async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter(entry => !entry.isDirectory())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}
