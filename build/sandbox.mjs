// Chromium's sandbox on Linux: which switches Electron needs here, and what to do when it cannot work.
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './child.mjs';
import { Stop } from './progress.mjs';

const SET_USER_ID = 0o4000;

/**
 * The switches to start Electron with. Only root runs without the sandbox, as Chromium demands;
 * for anyone else it works or the program ends with the way to make it work.
 * @param {string} executablePath
 * @returns {Promise<string[]>}
 */
export async function sandboxSwitches(executablePath) {
  if (process.platform !== 'linux') return [];
  if (process.getuid?.() === 0) return ['--no-sandbox'];
  const helper = join(dirname(executablePath), 'chrome-sandbox');
  if (isReady(helper) || (await hasUserNamespaces())) return [];
  throw new Stop(
    "Electron's sandbox cannot start: this system does not let ordinary users create namespaces.\n" +
      'Give the sandbox helper its rights once, then start again:\n' +
      `  sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`,
  );
}

/** @param {string} helper */
function isReady(helper) {
  if (!existsSync(helper)) return false;
  const { uid, mode } = statSync(helper);
  return uid === 0 && (mode & SET_USER_ID) !== 0;
}

/** Tries what Chromium tries: a namespace of its own in which it is root. */
async function hasUserNamespaces() {
  return (await run('unshare', ['--user', '--map-root-user', 'true'])).code === 0;
}
