// Two commands started together must not install, build or prepare the same thing at once.
import { createHash } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { say } from './progress.mjs';

const POLL_MS = 500;

/** The turns this process holds itself. */
const held = new Set();

/**
 * Does the work once nobody else in this account is working on the same thing.
 * @template T
 * @param {string} thing a path or name, the same for all who must take turns
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inTurn(thing, work) {
  const folder = join(tmpdir(), `earshot-turns-${userInfo().uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, createHash('sha256').update(thing).digest('hex').slice(0, 16));
  let told = false;
  while (!take(file)) {
    if (!told) say('Another Earshot command is preparing the same thing; waiting for it …');
    told = true;
    await wait(POLL_MS);
  }
  try {
    return await work();
  } finally {
    held.delete(file);
    rmSync(file, { force: true });
  }
}

/**
 * Takes the turn if it is free or its holder has died.
 * @param {string} file
 */
function take(file) {
  const ours = `${file}.${process.pid}`;
  writeFileSync(ours, String(process.pid));
  try {
    linkSync(ours, file);
    held.add(file);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
  } finally {
    rmSync(ours, { force: true });
  }
  if (!held.has(file) && !isAlive(holderOf(file))) rmSync(file, { force: true });
  return false;
}

/** @param {string} file */
function holderOf(file) {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return 0;
  }
}

/**
 * @param {number} pid of another process: this one's own can only be that of a dead namesake
 */
function isAlive(pid) {
  if (pid === process.pid) return false;
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
