// npm run security-scan: looks through the sources with a linter for Electron's security; what is not on the written list fails.
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npmCommand, projectFolder, run } from './child.mjs';
import { matchesLock } from './dependencies.mjs';
import { during, runAsCommand, Stop, say } from './progress.mjs';
import { inTurn } from './turn.mjs';

/**
 * Which linter, and every package it is made of with its hash. It is far too large to be installed with
 * the rest.
 */
const LINTER_FOLDER = join(projectFolder, 'build/security-scan');
const LINTER = 'node_modules/@doyensec/electronegativity/dist/index.js';
const INSTALL_LIMIT_MS = 600_000;
const SCAN_LIMIT_MS = 300_000;

/** What is looked through. */
const PARTS = ['electron', 'renderer', 'package.json'];

/**
 * Stands at the end of each file while it is looked through. The linter says nothing of a file it cannot
 * read, such as one with newer words of the language: then it does not find this either.
 */
const CANARY = '\nshell.openExternal(globalThis.scanned);\n';
const CANARY_RULE = 'OPEN_EXTERNAL_JS_CHECK';

/** Names that a linter of sources writes for the whole app. */
const WHOLE_APP = '(the whole app)';

/**
 * @typedef {object} Finding
 * @property {string} rule
 * @property {string} file
 * @property {string} about
 */

/** @typedef {{ rule: string, file: string, count: number, why: string }} Accepted */

if (process.argv[1] === fileURLToPath(import.meta.url)) await runAsCommand(scan);

async function scan() {
  const list = await readFile(join(projectFolder, 'build/security-findings.json'), 'utf8');
  const { electron } = JSON.parse(
    await readFile(join(projectFolder, 'package.json'), 'utf8'),
  ).devDependencies;
  const folder = await mkdtemp(join(tmpdir(), 'earshot-scan-'));
  try {
    // Together, since some of what it looks for may be in either; alone, since it reads whatever lies there.
    for (const part of PARTS) {
      await cp(join(projectFolder, part), join(folder, 'app', part), { recursive: true });
    }
    await mark(join(folder, 'app'));
    const findings = await findingsIn(join(folder, 'app'), electron, join(folder, 'report.sarif'));
    const faults = compare(findings, JSON.parse(list).findings);
    if (faults.length > 0) throw new Stop(faults.join('\n'));
    say(`${findings.length} findings, all of them on the list.`);
    return 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} folder
 * @param {string} electron the version whose defaults hold
 * @param {string} report
 * @returns {Promise<readonly Finding[]>}
 */
async function findingsIn(folder, electron, report) {
  const linter = await installLinter();
  const options = ['--input', folder, '--relative', '--electron-version', electron];
  const { code, output } = await during('Looking through the sources', () =>
    run(process.execPath, [linter, ...options, '--output', report], { timeoutMs: SCAN_LIMIT_MS }),
  );
  // It ends with 0 whatever it found, and also when it could not read a file: both are asked for here.
  if (code !== 0) throw new Stop(`${output.trim()}\nThe linter could not be run.`);
  const sarif = await readFile(report, 'utf8').catch(() => {
    throw new Stop(`${output.trim()}\nThe linter wrote no report.`);
  });
  const { findings, unread } = withoutCanaries(
    readSarif(JSON.parse(sarif)),
    await sourcesIn(folder),
  );
  if (unread.length > 0) throw new Stop(`The linter cannot read:\n${unread.join('\n')}`);
  return findings;
}

/**
 * Installs the linter as its lock file says, and none of its packages' own scripts run.
 * @returns {Promise<string>} its program
 */
async function installLinter() {
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const folder = join(cache, 'earshot', 'security-scan');
  await inTurn(folder, async () => {
    const lock = JSON.parse(await readFile(join(LINTER_FOLDER, 'package-lock.json'), 'utf8'));
    const installed = await readFile(join(folder, 'node_modules/.package-lock.json'), 'utf8')
      .then(JSON.parse)
      .catch(() => ({ packages: {} }));
    if (matchesLock(lock, installed)) return;
    await mkdir(folder, { recursive: true });
    for (const name of ['package.json', 'package-lock.json']) {
      await cp(join(LINTER_FOLDER, name), join(folder, name));
    }
    const npm = npmCommand();
    const words = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    const { code, output } = await during('Installing the linter (npm ci)', () =>
      run(npm.command, [...npm.args, ...words], { cwd: folder, timeoutMs: INSTALL_LIMIT_MS }),
    );
    if (code !== 0) throw new Stop(`${output.trim()}\nThe linter could not be installed.`);
  });
  return join(folder, LINTER);
}

/** @param {string} folder */
async function mark(folder) {
  for (const file of await sourcesIn(folder)) await appendFile(join(folder, file), CANARY);
}

/**
 * The sources in a folder that hold code.
 * @param {string} folder
 */
async function sourcesIn(folder) {
  const names = await readdir(folder, { recursive: true });
  return names
    .map(name => name.replaceAll('\\', '/'))
    .filter(name => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'));
}

/**
 * The findings without one canary in each file, and the files whose canary was not found.
 * @param {readonly Finding[]} found
 * @param {readonly string[]} files
 */
export function withoutCanaries(found, files) {
  const findings = [...found];
  const unread = files.filter(file => {
    const at = findings.findIndex(each => each.rule === CANARY_RULE && each.file === file);
    if (at >= 0) findings.splice(at, 1);
    return at < 0;
  });
  return { findings, unread };
}

/**
 * The findings of a report.
 * @param {{ runs: readonly { results: readonly any[] }[] }} sarif
 * @returns {readonly Finding[]}
 */
export function readSarif(sarif) {
  return sarif.runs.flatMap(({ results }) =>
    results.map(({ ruleId, message, locations }) => {
      const uri = String(locations?.[0]?.physicalLocation?.artifactLocation?.uri ?? '');
      const name = uri.replace(/^file:\/+/, '').replaceAll('\\', '/');
      return {
        rule: String(ruleId),
        file: name === '' ? WHOLE_APP : name,
        about: String(message?.text ?? ''),
      };
    }),
  );
}

/**
 * What is found and not on the list, and what is on the list and no longer found.
 * @param {readonly Finding[]} findings
 * @param {readonly Accepted[]} accepted
 * @returns {readonly string[]}
 */
export function compare(findings, accepted) {
  /** @type {(one: { rule: string, file: string }) => string} */
  const nameOf = ({ rule, file }) => `${rule} in ${file}`;
  const names = new Set([...findings, ...accepted].map(nameOf));
  return [...names].flatMap(name => {
    const found = findings.filter(each => nameOf(each) === name);
    const entry = accepted.find(each => nameOf(each) === name);
    if (entry === undefined) return [`New: ${name}: ${found[0]?.about ?? ''}`];
    if (entry.why.length < 40) return [`Give a reason for ${name}.`];
    if (found.length > entry.count) return [`More than ${entry.count}: ${name}`];
    return found.length === 0 ? [`Take off the list: ${name} is not found any more.`] : [];
  });
}
