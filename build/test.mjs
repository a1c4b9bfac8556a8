// npm test: the one gate. Types, style, unused code, the build, every test; the first failure ends it.
import { bootstrap } from './bootstrap.mjs';
import { ensureAppBundle } from './bundles.mjs';
import { become, run, toolPath } from './child.mjs';
import { checkLibraries, resolveElectron } from './electron-runtime.mjs';
import { runAsCommand, Stop, say } from './progress.mjs';
import { prepareTestRecogniser } from './recogniser-runtime.mjs';
import { sandboxSwitches } from './sandbox.mjs';
import { hasDisplay, startVirtualDisplay } from './virtual-display.mjs';

/** Each is checked alone, because each may use different things: the core neither Node nor a page. */
const typedParts = [
  'electron/core',
  'electron',
  'renderer',
  'test',
  'test/renderer',
  'test/e2e',
  'test/window',
  'test/package',
  'build',
];
const PARTS_AT_ONCE = 2;

const paths = process.argv.slice(2);
const windowPaths = paths.filter(path => path.includes('test/window'));
const soundPaths = paths.filter(path => path.includes('test/e2e'));
const packagePaths = paths.filter(path => path.includes('test/package'));
const otherPaths = paths.filter(path => !/test\/(window|e2e|package)/.test(path));
const everything = paths.length === 0;

await runAsCommand(async () => {
  await bootstrap(['window', 'display', 'soundCard'], { build: false });
  await prepareTestRecogniser();
  await step('types', checkTypes);
  await step('style', () => tool('@biomejs/biome', 'biome', ['check', '.']));
  await step('unused code', () => tool('knip', 'knip', ['--config', 'build/knip.json']));
  await step('build', ensureAppBundle);
  if (everything || otherPaths.length > 0) {
    await step('tests', () => vitest('build/vitest.config.ts', otherPaths));
  }
  if (everything || windowPaths.length > 0) {
    await step('tests of the window', () => testApp('build/vitest.window.config.ts', windowPaths));
  }
  if (everything || soundPaths.length > 0) {
    await step('tests of the window and its sound', () =>
      testApp('build/vitest.e2e.config.ts', soundPaths),
    );
  }
  if (everything || packagePaths.length > 0) {
    await step('packages', () => testApp('build/vitest.package.config.ts', packagePaths));
  }
  say('\nAll passed.');
  return 0;
});

/**
 * Runs one step, says how long it took and, if it fails, which one it was.
 * @param {string} name
 * @param {() => Promise<void>} work
 */
async function step(name, work) {
  say(`\n── ${name}`);
  const startedAt = Date.now();
  const seconds = () => ((Date.now() - startedAt) / 1000).toFixed(1);
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    throw new Stop(`${error.message}\n✗ ${name} failed after ${seconds()} s`);
  }
  say(`✓ ${name}, ${seconds()} s`);
}

async function checkTypes() {
  const waiting = [...typedParts];
  /** @type {string[]} */
  const complaints = [];
  const work = async () => {
    for (let part = waiting.shift(); part; part = waiting.shift()) {
      const { code, output } = await run(process.execPath, [
        toolPath('typescript', 'tsc'),
        '--project',
        part,
      ]);
      if (code !== 0) complaints.push(`${part}:\n${output.trim()}`);
    }
  };
  await Promise.all(Array.from({ length: PARTS_AT_ONCE }, work));
  if (complaints.length > 0) throw new Stop(complaints.join('\n'));
}

/**
 * Tests that open the built app, on a virtual display where there is no other.
 * @param {string} config
 * @param {readonly string[]} filters
 */
async function testApp(config, filters) {
  const electron = await resolveElectron({ log: say });
  await checkLibraries(electron.executablePath);
  const switches = await sandboxSwitches(electron.executablePath);
  say(`Electron ${electron.version} (${electron.source})`);
  const display = hasDisplay() ? undefined : await startVirtualDisplay();
  try {
    await vitest(config, filters, {
      ...display?.env,
      EARSHOT_ELECTRON: electron.executablePath,
      EARSHOT_ELECTRON_SWITCHES: switches.join(' '),
    });
  } finally {
    display?.close();
  }
}

/**
 * @param {string} config
 * @param {readonly string[]} filters
 * @param {NodeJS.ProcessEnv} [env]
 */
function vitest(config, filters, env) {
  return tool('vitest', 'vitest', ['run', '--config', config, ...filters], env);
}

/**
 * @param {string} packageName
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
async function tool(packageName, command, args, env) {
  const code = await become(process.execPath, [toolPath(packageName, command), ...args], {
    env: { ...process.env, ...env },
    toStandardError: true,
  });
  if (code !== 0) throw new Stop(`${command} ended with code ${code}.`);
}
