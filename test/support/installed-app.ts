import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { z } from 'zod';
import { until } from './until.ts';

const PROJECT = join(import.meta.dirname, '../..');
const START_LIMIT_MS = 30_000;

const titlesSchema = z.array(z.object({ title: z.string() }));

/** A running app out of a package, driven through its window's own port: its Node cannot be reached from outside. */
export type RunningApp = {
  readonly page: Page;
  /** Native libraries that its processes have loaded; on Linux only. */
  readonly libraries: () => readonly string[];
  /** Asks it to end. @returns its exit code */
  readonly quit: () => Promise<number | null>;
  /** Ends it at once, if it has not ended. */
  readonly kill: () => Promise<void>;
};

/**
 * Starts an installed app the way a menu does, from elsewhere and with the project out of sight.
 * @param folder that holds the app @param more variables of its environment @param switches words for Chromium
 */
export async function startApp(
  folder: string,
  dataDir: string,
  more: Readonly<Record<string, string>> = {},
  switches: readonly string[] = [],
): Promise<RunningApp> {
  const program = programIn(folder);
  const isRoot = process.getuid?.() === 0;
  const args = [...(isRoot ? ['--no-sandbox'] : []), ...switches, '--remote-debugging-port=0'];
  const [command = program, ...words] = [...(isRoot ? hidden(folder) : []), program, ...args];
  const { NODE_PATH: _, ...inherited } = process.env;
  const child = spawn(command, words, {
    cwd: '/',
    env: { ...inherited, PORT: '0', EARSHOT_DATA_DIR: dataDir, ...more },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<number | null>(resolve => child.once('exit', resolve));
  const page = await pageOf(child).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  return {
    page,
    libraries: () => loadedLibraries(program),
    quit: () => {
      // Nobody can be asked politely on Windows, where there are no signals.
      if (process.platform !== 'win32') child.kill('SIGTERM');
      else void page.evaluate('window.close()').catch(() => {});
      return ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** The page of a program's window, once it was loaded. */
async function pageOf(child: ChildProcess): Promise<Page> {
  const address = await debuggingAddress(child);
  await until(async () => (await titlesOf(address)).includes('Earshot'));
  const browser = await chromium.connectOverCDP(address);
  const [context] = browser.contexts();
  if (context === undefined) throw new Error('the app has no window');
  return context.pages()[0] ?? (await context.waitForEvent('page'));
}

function programIn(app: string): string {
  if (process.platform === 'darwin') return join(app, 'Earshot.app/Contents/MacOS/Earshot');
  return join(app, process.platform === 'win32' ? 'Earshot.exe' : 'earshot');
}

/** Words that start a program in which the project's folder is empty. Only root may hide a folder. */
function hidden(folder: string): string[] {
  const empty = join(folder, '../empty');
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

/**
 * The titles of an app's pages. Whoever attaches while a page is being made may wait for it forever,
 * and a page has its title once it was loaded.
 */
async function titlesOf(address: string): Promise<string[]> {
  const answer = await fetch(`http://${new URL(address).host}/json/list`).catch(() => null);
  if (answer === null) return [];
  return titlesSchema.parse(await answer.json()).map(({ title }) => title);
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
