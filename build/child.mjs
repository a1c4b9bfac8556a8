// Starts other programs: either to read what they say, or to be them for a while.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json. */
export const projectFolder = dirname(dirname(fileURLToPath(import.meta.url)));

const ORPHAN_CHECK_MS = 250;

/**
 * @typedef {object} Finished
 * @property {number} code exit code; 127 when the program does not exist, 124 when it took too long
 * @property {string} output standard output and standard error together
 */

/**
 * Runs a program to its end and hands back what it said.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, show?: boolean }} [options]
 *   `show` also passes its words on to standard error as they come
 * @returns {Promise<Finished>}
 */
export function run(command, args, options = {}) {
  const { cwd = projectFolder, env = process.env, timeoutMs, show = false } = options;
  return new Promise(resolve => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let late = false;
    const limit = timeoutMs
      ? setTimeout(() => {
          late = true;
          child.kill('SIGKILL');
        }, timeoutMs)
      : undefined;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (/** @type {Buffer} */ chunk) => {
        output += chunk.toString();
        if (show) process.stderr.write(chunk);
      });
    }
    child.on('error', error => {
      clearTimeout(limit);
      resolve({ code: 127, output: error.message });
    });
    child.on('close', (code, signal) => {
      clearTimeout(limit);
      resolve({ code: late ? 124 : exitCode(code, signal), output });
    });
  });
}

/**
 * Runs a program in the place of this one: same terminal, same signals, same exit code.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {object} [options]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {string} [options.cwd]
 * @param {number} [options.graceMs] how long it may take to end after a signal before it is killed
 * @param {boolean} [options.toStandardError] what it says goes to standard error
 * @param {boolean} [options.apart] in a process group of its own, without standard input: Ctrl-C
 *   in a terminal reaches a whole group, and would end helper processes it still needs to close well
 * @returns {Promise<number>}
 */
export function become(command, args, options = {}) {
  const { env = process.env, cwd = projectFolder, graceMs, toStandardError = false } = options;
  const apart = Boolean(options.apart) && process.platform !== 'win32';
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      detached: apart,
      stdio: [apart ? 'ignore' : 'inherit', toStandardError ? 2 : 'inherit', 'inherit'],
    });
    /** @type {NodeJS.Timeout | undefined} */
    let limit;
    /** @param {NodeJS.Signals} signal */
    const pass = signal => {
      // In our own group, the terminal's Ctrl-C has reached it already.
      if (apart || signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
      if (graceMs && !limit) limit = setTimeout(() => child.kill('SIGKILL'), graceMs);
    };
    const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
    for (const signal of signals) process.on(signal, pass);
    // Told to end, npm ends only the shell between itself and us; then we are somebody else's child.
    const parent = process.ppid;
    const orphanCheck = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(orphanCheck);
      pass('SIGTERM');
    }, ORPHAN_CHECK_MS);
    const settle = () => {
      clearInterval(orphanCheck);
      clearTimeout(limit);
      for (const signal of signals) process.off(signal, pass);
    };
    child.on('error', error => {
      settle();
      reject(error);
    });
    child.on('exit', (code, signal) => {
      settle();
      resolve(exitCode(code, signal));
    });
  });
}

/**
 * The exit code a shell would report.
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
export function exitCode(code, signal) {
  return signal ? 128 + constants.signals[signal] : (code ?? 1);
}

/**
 * The arguments that run a dependency's own command with this Node, on any system.
 * @param {string} packageName
 * @param {string} [command]
 */
export function toolPath(packageName, command = packageName) {
  const folder = join(projectFolder, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[command]);
}

/** How to start npm itself: the one that runs this script, else the one on the path. */
export function npmCommand() {
  const path = process.env['npm_execpath'];
  if (path && /npm-cli\.c?js$/.test(path)) return { command: process.execPath, args: [path] };
  return process.platform === 'win32'
    ? { command: 'cmd.exe', args: ['/d', '/s', '/c', 'npm'] }
    : { command: 'npm', args: [] };
}
