// Builds what runs (the main process, the preload script, the window, the benchmarks) when its sources have changed.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { projectFolder, run, toolPath } from './child.mjs';
import { contentHash } from './content-stamp.mjs';
import { during, Stop } from './progress.mjs';
import { inTurn } from './turn.mjs';

/**
 * @typedef {object} Bundle
 * @property {string} label
 * @property {readonly string[]} sources
 * @property {string} stamp a file that tells what the bundle was built from
 * @property {readonly [packageName: string, ...args: string[]]} builder
 */

/** @type {Bundle} */
const app = {
  label: 'Building Earshot',
  sources: [
    'electron',
    'renderer',
    'build/electron.vite.config.ts',
    'build/main-bundle.ts',
    'package-lock.json',
  ],
  stamp: 'out/built-from',
  builder: ['electron-vite', 'build', '--config', 'build/electron.vite.config.ts'],
};

/** @type {Bundle} */
const bench = {
  label: 'Building the benchmarks',
  sources: [
    'electron',
    'test/bench',
    'build/bench.vite.config.ts',
    'build/main-bundle.ts',
    'package-lock.json',
  ],
  stamp: 'out/bench/built-from',
  builder: ['vite', 'build', '--config', 'build/bench.vite.config.ts'],
};

/** Builds `out/main`, `out/preload` and `out/renderer`. */
export function ensureAppBundle() {
  return ensure(app);
}

/** Builds `out/bench`. */
export function ensureBenchBundle() {
  return ensure(bench);
}

/** @param {Bundle} bundle */
async function ensure({ label, sources, stamp, builder: [packageName, ...args] }) {
  const stampPath = join(projectFolder, stamp);
  const isFresh = async () =>
    (await readFile(stampPath, 'utf8').catch(() => '')) === contentHash(projectFolder, sources);
  if (await isFresh()) return;
  await inTurn(stampPath, async () => {
    if (await isFresh()) return;
    const builtFrom = contentHash(projectFolder, sources);
    await rm(stampPath, { force: true });
    const { code, output } = await during(label, () =>
      run(process.execPath, [toolPath(packageName), ...args]),
    );
    if (code !== 0)
      throw new Stop(`${output.trim()}\n\nThe build failed; the lines above say why.`);
    await mkdir(dirname(stampPath), { recursive: true });
    await writeFile(stampPath, builtFrom);
  });
}
