// Collects the licences of everything that is shipped: what the packages at work here are made of, and what lies inside them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './child.mjs';

/**
 * @typedef {object} Licence
 * @property {string} name
 * @property {string} version empty when it has none of its own
 * @property {string} licence by its SPDX name
 * @property {string} text as it came; the licence's name when nothing else did
 * @property {string} note more to know; usually empty
 */

/**
 * @typedef {object} AllowedLicences
 * @property {readonly string[]} allowed
 * @property {readonly string[]} bundledBesideDependencies development packages that end up in the bundles
 * @property {readonly string[]} notShipped packages that an own empty one stands in for
 * @property {readonly { name: string, version: string, licence: string, textOf: string, note: string }[]} alsoInside
 * @property {readonly { name: string, licence: string, why: string }[]} exceptions
 */

/** @typedef {{ version?: string, optional?: boolean, dependencies?: Record<string, string>, optionalDependencies?: Record<string, string> }} Locked */
/** @typedef {{ packages: Record<string, Locked> }} Lock */

/** Files that hold a licence's text. */
const LICENCE_FILE = /^(licen[cs]e|copying|notice|third.?party)/i;

/** @returns {AllowedLicences} */
export function readAllowed() {
  return JSON.parse(readFileSync(join(projectFolder, 'build/allowed-licences.json'), 'utf8'));
}

/**
 * Everything shipped, by name. Packages for other systems are left out: they come with their own
 * system's build.
 * @returns {readonly Licence[]}
 */
export function collectLicences() {
  const allowed = readAllowed();
  const packages = shippedPackages(
    readJson(join(projectFolder, 'package-lock.json')),
    Object.keys(readJson(join(projectFolder, 'package.json')).dependencies).concat(
      allowed.bundledBesideDependencies,
    ),
  );
  const found = packages.flatMap(place => {
    const folder = join(projectFolder, place);
    const described = readJson(join(folder, 'package.json'));
    if (described === null || allowed.notShipped.includes(described.name)) return [];
    const licence = statedLicence(described);
    const text = licenceText(folder) || parentText(place);
    return [
      {
        name: described.name,
        version: described.version,
        licence,
        text: text || `Its authors state: ${licence}.`,
        note: '',
      },
    ];
  });
  const inside = allowed.alsoInside.map(({ textOf, ...part }) => ({
    ...part,
    text: textOf === '' ? part.note : licenceText(join(projectFolder, 'node_modules', textOf)),
  }));
  return [...found, ...inside].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/**
 * Why something may not be shipped; empty when all may.
 * @param {readonly Licence[]} licences
 * @param {Pick<AllowedLicences, 'allowed' | 'exceptions'>} rules
 * @returns {readonly string[]}
 */
export function licenceFaults(licences, { allowed, exceptions }) {
  return licences.flatMap(({ name, licence, text }) => {
    if (licence === '') return [`${name} states no licence`];
    if (text.trim() === '') return [`${name} has no text of its licence`];
    const isException = exceptions.some(each => each.name === name && each.licence === licence);
    return isException || isAllowed(licence, allowed) ? [] : [`${name} is under ${licence}`];
  });
}

/**
 * Whether one of the licences a package may be used under is on the list, and all that it must be.
 * @param {string} licence an SPDX expression, such as `(MIT OR GPL-2.0)`
 * @param {readonly string[]} allowed
 * @returns {boolean}
 */
function isAllowed(licence, allowed) {
  const bare = licence.replace(/^\((.*)\)$/, '$1');
  if (/[()]/.test(bare)) return false;
  return bare
    .split(' OR ')
    .some(choice => choice.split(' AND ').every(each => allowed.includes(each)));
}

/**
 * The folders of packages and of all they need, as Node would find them.
 * @param {Lock} lock
 * @param {readonly string[]} names
 * @returns {readonly string[]}
 */
export function shippedPackages(lock, names) {
  /** @type {Set<string>} */
  const seen = new Set();
  /** @type {(from: string, name: string) => void} */
  const visit = (from, name) => {
    const place = placeOf(lock, from, name);
    if (place === null || seen.has(place)) return;
    seen.add(place);
    const { dependencies, optionalDependencies } = lock.packages[place] ?? {};
    for (const each of Object.keys({ ...dependencies, ...optionalDependencies }))
      visit(place, each);
  };
  for (const name of names) visit('', name);
  return [...seen];
}

/**
 * @param {Lock} lock
 * @param {string} from
 * @param {string} name
 */
function placeOf(lock, from, name) {
  for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf('/node_modules/')))) {
    const place = `${base === '' ? '' : `${base}/`}node_modules/${name}`;
    if (place in lock.packages) return place;
    if (base === '') return null;
    if (!base.includes('/node_modules/')) base = '';
  }
}

/**
 * @param {{ license?: unknown }} described
 * @returns {string}
 */
function statedLicence({ license }) {
  return typeof license === 'string' && !/^(SEE |UNLICENSED)/i.test(license) ? license : '';
}

/** @param {string} folder */
function licenceText(folder) {
  const files = readdirSync(folder, { withFileTypes: true }).filter(
    entry => entry.isFile() && LICENCE_FILE.test(entry.name),
  );
  return files.map(({ name }) => readFileSync(join(folder, name), 'utf8').trim()).join('\n\n');
}

/**
 * A native part comes without a text of its own: that of the package it belongs to holds for it.
 * @param {string} place
 */
function parentText(place) {
  const parent = /^node_modules\/(@[^/]+\/[^/]+?)-(?:linux|darwin|win32)/.exec(place)?.[1];
  return parent === undefined ? '' : licenceText(join(projectFolder, 'node_modules', parent));
}

/** @param {string} path */
function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/**
 * Puts the list beside the window's files, where Settings shows it, and refuses what may not be shipped.
 * @returns {import('vite').Plugin}
 */
export function licenceList() {
  return {
    name: 'earshot:licences',
    generateBundle() {
      const licences = collectLicences();
      const faults = licenceFaults(licences, readAllowed());
      if (faults.length > 0) this.error(`Not to be shipped: ${faults.join('; ')}`);
      this.emitFile({ type: 'asset', fileName: 'licences.json', source: JSON.stringify(licences) });
    },
  };
}
