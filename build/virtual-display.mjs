// A screen in memory (Xvfb) for computers without one.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRemedy } from './debian-packages.mjs';
import { Stop } from './progress.mjs';

const SCREEN = '1280x800x24';
const START_LIMIT_MS = 15_000;
const ANY_HOST = 0xffff;

/**
 * @typedef {object} VirtualDisplay
 * @property {{ DISPLAY: string, XAUTHORITY: string }} env what a program needs to be shown on it
 * @property {() => void} close
 */

/** Whether windows can be shown here at all without a virtual display. */
export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/**
 * Starts a virtual display that only programs given its `env` may use.
 * @returns {Promise<VirtualDisplay>}
 */
export function startVirtualDisplay() {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-display-'));
  const keyFile = join(folder, 'Xauthority');
  writeFileSync(keyFile, accessKey(randomBytes(16)), { mode: 0o600 });
  const args = ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-auth', keyFile];
  // Its own process group: Ctrl-C must reach the app first, while its window still has a screen.
  const server = spawn('Xvfb', args, {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const close = () => {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
    process.off('exit', close);
  };
  process.on('exit', close);

  return new Promise((resolve, reject) => {
    let complaint = '';
    /** @param {string} reason */
    const fail = reason => {
      clearTimeout(limit);
      close();
      reject(new Stop(`The virtual display (Xvfb) did not start: ${reason}`));
    };
    const limit = setTimeout(() => fail(complaint || 'it did not answer'), START_LIMIT_MS);
    server.on('error', error => fail(`${error.message}\n  ${packageRemedy('display')}`));
    server.on('exit', code => fail(complaint.trim() || `it ended with code ${code}`));
    server.stderr?.on('data', chunk => {
      complaint = `${complaint}${chunk}`.slice(-2000);
    });
    let answer = '';
    server.stdio[3]?.on('data', chunk => {
      answer += chunk;
      if (!answer.endsWith('\n')) return;
      clearTimeout(limit);
      server.removeAllListeners('exit');
      resolve({ env: { DISPLAY: `:${answer.trim()}`, XAUTHORITY: keyFile }, close });
    });
  });
}

/**
 * An Xauthority file with one key, valid for any host and display number.
 * @param {Buffer} key
 */
export function accessKey(key) {
  const parts = ['', '', 'MIT-MAGIC-COOKIE-1', key].map(part => {
    const bytes = Buffer.from(part);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(bytes.length);
    return Buffer.concat([length, bytes]);
  });
  const family = Buffer.alloc(2);
  family.writeUInt16BE(ANY_HOST);
  return Buffer.concat([family, ...parts]);
}
