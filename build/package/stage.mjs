// Lays out what goes into the app's archive: the bundles and the native parts, nothing else.
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { projectFolder } from '../child.mjs';
import { Stop } from '../progress.mjs';
import { forgetDebugFile, forgetObjectFiles } from './debug-traces.mjs';
import { filesIn } from './files-in.mjs';
import { nativeParts, onnxFolder } from './native-parts.mjs';
import { lookBeside } from './runpath.mjs';
import { visualCLibraries, visualCRuntime } from './visual-c-runtime.mjs';

/** Programs for plain Node, which a package does not hold. */
const NODE_PROGRAMS = ['headless.cjs', 'practice.cjs'];

/**
 * Fills an empty folder with everything the app needs beside Electron.
 * @param {string} folder
 * @param {import('./native-parts.mjs').System} system
 * @param {import('./signing.mjs').Signing} signing
 */
export async function stageApp(folder, system, signing) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), await ownManifest(system, signing));
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

/**
 * What Electron, electron-builder and the app itself read of package.json; no dependencies: they are
 * all inside. On macOS an app that is not signed cannot take updates, and has to know.
 * @param {import('./native-parts.mjs').System} system
 * @param {import('./signing.mjs').Signing} signing
 */
export async function ownManifest({ platform }, signing) {
  const manifest = JSON.parse(await readFile(join(projectFolder, 'package.json'), 'utf8'));
  const { name, productName, version, description, license, author, homepage, type, main } =
    manifest;
  const own = { name, productName, version, description, license, author, homepage, type, main };
  const signed = platform === 'darwin' ? { signed: signing.by !== undefined } : {};
  return JSON.stringify({ ...own, ...signed }, null, 2);
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
  // Compiled here, it would look for its companions here, and name the folder.
  if (!from.endsWith('naudiodon.node')) return cp(from, to);
  const library = await readFile(from);
  lookBeside(library);
  forgetDebugFile(library);
  await writeFile(to, library, { mode: 0o755 });
  if (process.platform === 'darwin') await forgetObjectFiles(to);
}
