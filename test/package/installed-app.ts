import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { resolveElectron } from '../../build/electron-runtime.mjs';
import { writeDebianPackage } from '../../build/package/debian-package.mjs';
import { makeUnpackedApp } from '../../build/package/unpacked-app.mjs';

const PROJECT = join(import.meta.dirname, '../..');
const START_LIMIT_MS = 30_000;

/** A package that was made, installed and moved, far from the project. */
export type InstalledApp = {
  /** The app as it was packed. */
  readonly made: string;
  /** What stands for the root of a computer; on Linux only. */
  readonly root: string;
  /** The app after somebody moved it. */
  readonly moved: string;
  readonly remove: () => Promise<void>;
};

/** A running app, driven through its window's own port: its Node cannot be reached from outside. */
export type RunningApp = {
  readonly page: Page;
  /** Native libraries that its processes have loaded; on Linux only. */
  readonly libraries: () => readonly string[];
  /** Asks it to end. @returns its exit code */
  readonly quit: () => Promise<number | null>;
  /** Ends it at once, if it has not ended. */
  readonly kill: () => Promise<void>;
};

/** Makes the app, installs it into a clean root folder where there is a way to, and moves it from there. */
export async function installApp(): Promise<InstalledApp> {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-package-'));
  const electron = await resolveElectron({ log: () => {} });
  const made = await makeUnpackedApp({ electron, folder });
  const root = join(folder, 'root');
  const moved = join(folder, 'Some Programs', 'Earshot here');
  mkdirSync(join(moved, '..'));
  if (process.platform === 'linux') {
    await installForDebian(made, folder, root);
    cpSync(join(root, 'opt/Earshot'), moved, { recursive: true, verbatimSymlinks: true });
    renameSync(join(root, 'opt/Earshot'), join(root, 'opt/gone'));
  } else {
    cpSync(made, moved, { recursive: true, verbatimSymlinks: true });
  }
  return { made, root, moved, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Writes a package and installs it. */
async function installForDebian(made: string, folder: string, root: string): Promise<void> {
  const deb = join(folder, 'earshot.deb');
  await writeDebianPackage(deb, {
    app: made,
    icons: join(PROJECT, 'build/package/icon/sizes'),
    manifest: JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')),
    licence: readFileSync(join(PROJECT, 'LICENSE'), 'utf8'),
    arch: process.arch,
    level: 1,
    mtime: new Date(),
  });
  install(deb, root);
}

/** Root installs with dpkg, which keeps a list of what it did; others can only take the files out. */
function install(deb: string, root: string): void {
  if (process.getuid?.() !== 0) {
    execFileSync('dpkg-deb', ['--extract', deb, root]);
    return;
  }
  mkdirSync(join(root, 'var/lib/dpkg/info'), { recursive: true });
  execFileSync('touch', [join(root, 'var/lib/dpkg/status')]);
  execFileSync('dpkg', [`--root=${root}`, '--force-not-root', '--unpack', deb], { stdio: 'pipe' });
}

/**
 * Starts the app the way a menu does, from elsewhere and with the project out of sight.
 * @param more variables of its environment
 */
export async function startApp(
  moved: string,
  dataDir: string,
  more: Readonly<Record<string, string>> = {},
): Promise<RunningApp> {
  const program = programIn(moved);
  const isRoot = process.getuid?.() === 0;
  const args = [...(isRoot ? ['--no-sandbox'] : []), '--remote-debugging-port=0'];
  const [command = program, ...words] = [...(isRoot ? hidden(moved) : []), program, ...args];
  const { NODE_PATH: _, ...inherited } = process.env;
  const child = spawn(command, words, {
    cwd: '/',
    env: { ...inherited, PORT: '0', EARSHOT_DATA_DIR: dataDir, ...more },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<number | null>(resolve => child.once('exit', resolve));
  const browser = await chromium.connectOverCDP(await debuggingAddress(child));
  const [context] = browser.contexts();
  if (context === undefined) throw new Error('the app has no window');
  const page = context.pages()[0] ?? (await context.waitForEvent('page'));
  return {
    page,
    libraries: () => loadedLibraries(program),
    quit: () => {
      // Nobody can be asked politely on Windows, where there are no signals.
      if (process.platform !== 'win32') child.kill('SIGTERM');
      else void page.evaluate(() => window.close()).catch(() => {});
      return ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function programIn(app: string): string {
  if (process.platform === 'darwin') return join(app, 'Earshot.app/Contents/MacOS/Earshot');
  return join(app, process.platform === 'win32' ? 'Earshot.exe' : 'earshot');
}

/** Words that start a program in which the project's folder is empty. Only root may hide a folder. */
function hidden(moved: string): string[] {
  const empty = join(moved, '../empty');
  mkdirSync(empty, { recursive: true });
  const script = 'mount --bind "$0" "$1" && shift && exec "$@"';
  return ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', script, empty, PROJECT];
}

async function debuggingAddress(child: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    const fail = (what: string) => reject(new Error(`${what}: ${said}`));
    const limit = setTimeout(() => fail('no window came'), START_LIMIT_MS);
    child.once('exit', code => fail(`the app ended with ${code}`));
    child.stderr?.on('data', data => {
      said += data;
      const [, address] = /DevTools listening on (ws:\S+)/.exec(said) ?? [];
      if (address === undefined) return;
      clearTimeout(limit);
      resolve(address);
    });
  });
}

/** What the kernel has mapped into the processes of a program, of all that no system brings. */
function loadedLibraries(program: string): string[] {
  const maps = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(pid => mapsOf(pid))
    .filter(text => text.includes(program));
  const paths = maps.flatMap(text =>
    text.split('\n').map(line => line.slice(line.indexOf('/')).trim()),
  );
  const native = paths.filter(path => /\.(node|so(\.\d+)*)$/.test(path));
  return [...new Set(native)].filter(path => !/^\/(usr|lib|lib64|etc)\//.test(path)).sort();
}

function mapsOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/maps`, 'utf8');
  } catch {
    return '';
  }
}
