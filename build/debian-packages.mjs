// The Debian packages Earshot needs: finds out what is missing and installs it, or says how.
import { existsSync } from 'node:fs';
import { run } from './child.mjs';
import { during, say } from './progress.mjs';

/** What each task needs, by the names of Debian 12. */
export const packageGroups = /** @type {const} */ ({
  compiler: ['python3', 'make', 'g++'],
  sound: ['libasound2'],
  window: [
    'libgtk-3-0',
    'libnss3',
    'libasound2',
    'libgbm1',
    'libxss1',
    'libatk-bridge2.0-0',
    'libdrm2',
  ],
  display: ['xvfb'],
  soundCard: ['jackd2', 'jack-tools', 'libasound2-plugins'],
});

/** @typedef {keyof typeof packageGroups} PackageGroup */

/**
 * Installs what is missing for the tasks when this account may, else says the exact command.
 * Never ends the program: whatever truly cannot go on without a package says so itself.
 * @param {readonly PackageGroup[]} groups
 */
export async function ensureDebianPackages(groups) {
  if (process.platform !== 'linux') return;
  const wanted = [...new Set(groups.flatMap(group => packageGroups[group]))];
  if (!existsSync('/etc/debian_version')) return;
  const missing = await missingPackages(wanted);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) {
    const names = await currentNames(missing);
    say(`Missing system packages. Install them with:\n  ${installCommand(names, true)}`);
    return;
  }
  await during(`Installing system packages: ${missing.join(' ')}`, () => install(missing));
}

/**
 * The command a person types to install packages.
 * @param {readonly string[]} names
 * @param {boolean} withSudo
 */
export function installCommand(names, withSudo) {
  return `${withSudo ? 'sudo ' : ''}apt-get install -y ${names.join(' ')}`;
}

/**
 * How a person gets the packages of a task on this system.
 * @param {PackageGroup} group
 */
export function packageRemedy(group) {
  const names = packageGroups[group];
  return existsSync('/etc/debian_version')
    ? installCommand(names, process.getuid?.() !== 0)
    : `Install what your system calls ${names.join(', ')} (the names are Debian's).`;
}

/**
 * The wanted names that are installed neither as they are nor under their newer `t64` name.
 * @param {readonly string[]} wanted
 * @param {string} dpkgOutput lines of `status name`
 */
export function notInstalled(wanted, dpkgOutput) {
  const installed = new Set(
    dpkgOutput
      .split('\n')
      .map(line => line.split(' '))
      .filter(([status]) => status === 'installed')
      .map(([, name]) => name),
  );
  return wanted.filter(name => !installed.has(name) && !installed.has(`${name}t64`));
}

/**
 * The names under which this release offers the packages: `libgtk-3-0t64` where it has one.
 * @param {readonly string[]} wanted
 * @param {string} policyOutput what `apt-cache policy` said
 */
export function offeredNames(wanted, policyOutput) {
  const offered = new Set(
    [...policyOutput.matchAll(/^(\S+):\n {2}Installed: .*\n {2}Candidate: (?!\(none\))/gm)].map(
      match => match[1],
    ),
  );
  return wanted.map(name => (offered.has(`${name}t64`) ? `${name}t64` : name));
}

/** @param {readonly string[]} wanted */
async function missingPackages(wanted) {
  const names = wanted.flatMap(name => [name, `${name}t64`]);
  const format = ['-W', '-f', `\${db:Status-Status} \${Package}\n`];
  return notInstalled(wanted, (await run('dpkg-query', [...format, ...names])).output);
}

/** @param {readonly string[]} names */
async function currentNames(names) {
  const both = names.flatMap(name => [name, `${name}t64`]);
  return offeredNames(names, (await run('apt-cache', ['policy', ...both])).output);
}

/** @param {readonly string[]} missing */
async function install(missing) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const patience = ['-o', 'DPkg::Lock::Timeout=120', '-q'];
  const update = await run('apt-get', [...patience, 'update'], { env });
  const names = await currentNames(missing);
  const args = [...patience, 'install', '-y', '--no-install-recommends', ...names];
  const { code, output } = await run('apt-get', args, { env });
  if (code === 0) return;
  const reason = update.code === 0 ? output : `${update.output}\n${output}`;
  say(`${lastLines(reason, 12)}\nThese packages could not be installed; going on without them.`);
  say(`To try by hand:\n  apt-get update && ${installCommand(names, false)}`);
}

/**
 * @param {string} text
 * @param {number} count
 */
function lastLines(text, count) {
  return text.trim().split('\n').slice(-count).join('\n');
}
