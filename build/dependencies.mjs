// Keeps node_modules equal to package-lock.json.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmCommand, projectFolder, run } from './child.mjs';
import { compileEnv, compilerRemedy, ensureCompiler, hasCompiler } from './compiler.mjs';
import { during, Stop, say } from './progress.mjs';
import { inTurn } from './turn.mjs';

/**
 * @typedef {object} Lock the parts of a package-lock.json that say what is installed
 * @property {Record<string, LockedPackage>} packages by folder
 */
/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [optional]
 * @property {boolean} [devOptional]
 */

/**
 * An npm that does not know `allowScripts` runs every package's install script; that of onnxruntime-node
 * would fetch what only graphics cards of one maker use.
 */
const NO_DOWNLOADS = { ONNXRUNTIME_NODE_INSTALL: 'skip' };

/** Runs `npm ci` unless everything in the lock file is installed already. */
export async function ensureDependencies() {
  if (isInstalled()) return;
  await inTurn(join(projectFolder, 'node_modules'), async () => {
    if (isInstalled()) return;
    await ensureCompiler();
    const { code, output } = await during('Installing dependencies (npm ci)', () => npmCi());
    if (code === 0) return;
    if (!/gyp ERR!/.test(output)) throw new Stop(explainFailure(output));
    say(`${lastLines(output)}\nThe sound library could not be compiled.`);
    if (!(await hasCompiler()))
      say(`A compiler is missing. Install it with:\n  ${compilerRemedy()}`);
    const second = await during('Installing everything else', () => npmCi('--ignore-scripts'));
    if (second.code !== 0) throw new Stop(explainFailure(second.output));
  });
}

/**
 * Whether what npm noted down as installed is what the lock file asks for. Optional packages
 * may be absent: they are the ones for other systems.
 * @param {Lock} wanted
 * @param {Lock} installed
 */
export function matchesLock(wanted, installed) {
  return Object.entries(wanted.packages).every(([path, one]) => {
    if (!path.startsWith('node_modules/')) return true;
    const other = installed.packages[path];
    if (!other) return Boolean(one.optional ?? one.devOptional);
    return other.version === one.version && other.integrity === one.integrity;
  });
}

/** @param {string[]} more */
function npmCi(...more) {
  const npm = npmCommand();
  const args = [...npm.args, 'ci', '--no-audit', '--no-fund', '--loglevel=error', ...more];
  return run(npm.command, args, { env: { ...NO_DOWNLOADS, ...compileEnv() } });
}

function isInstalled() {
  try {
    return matchesLock(
      readLock('package-lock.json'),
      readLock(join('node_modules', '.package-lock.json')),
    );
  } catch {
    return false;
  }
}

/**
 * @param {string} name
 * @returns {Lock}
 */
function readLock(name) {
  return JSON.parse(readFileSync(join(projectFolder, name), 'utf8'));
}

/** @param {string} output */
function explainFailure(output) {
  const network = /ENOTFOUND|ETIMEDOUT|ECONNREFUSED|ECONNRESET|EAI_AGAIN/.test(output);
  const cause = network
    ? 'The npm registry cannot be reached: check the network and the proxy (npm config get proxy).'
    : 'The lines above say why.';
  return `${lastLines(output)}\n\nnpm ci failed. ${cause}\nThen try again with:\n  npm ci`;
}

/** @param {string} output */
function lastLines(output) {
  return output.trim().split('\n').slice(-25).join('\n');
}
