// Collects the licences of everything that is shipped: what the packages at work here are made of, and what lies inside them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './child.mjs';

/**
 * @typedef {object} Licence
 * @property {string} name
 * @property {string} version empty when it has none of its own
 * @property {string} licence by its SPDX name
 * @property {string} text as it came, or the standard one with its authors' copyright; empty when there is none
 * @property {string} note more to know; usually empty
 */

/**
 * @typedef {object} AllowedLicences
 * @property {readonly string[]} allowed
 * @property {readonly string[]} bundledBesideDependencies development packages that end up in the bundles
 * @property {readonly string[]} notShipped packages that an own empty one stands in for
 * @property {Readonly<Record<string, string>>} copyrights of packages that come without a text and name nobody
 * @property {readonly AlsoInside[]} alsoInside
 * @property {readonly { name: string, licence: string, why: string }[]} exceptions
 */

/**
 * @typedef {object} AlsoInside
 * @property {string} name
 * @property {string} version
 * @property {string} licence
 * @property {string} textOf the package whose text it is; empty when it has texts of its own
 * @property {readonly string[]} texts names of files beside this one
 * @property {string} copyright stands in a standard text, or before it
 * @property {string} note
 */

/** @typedef {{ version?: string, optional?: boolean, dependencies?: Record<string, string>, optionalDependencies?: Record<string, string> }} Locked */
/** @typedef {{ packages: Record<string, Locked> }} Lock */

/** Files that hold a licence's text. */
const LICENCE_FILE = /^(licen[cs]e|copying|notice|third.?party)/i;

/** Where texts lie that nothing installed here has: the standard ones by their SPDX names, and those of parts. */
const TEXTS = join(projectFolder, 'build/licence-texts');

/** Stands in a standard text where the copyright goes. */
const COPYRIGHT = '(copyright)';

/** What stands in the text of a licence whoever wrote it down: less is only its name. */
const KEY_SENTENCES = /** @type {Readonly<Record<string, RegExp>>} */ ({
  '0BSD': /Permission to use, copy, modify, and\/or distribute this software/i,
  'Apache-2.0': /TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION/i,
  'BlueOak-1.0.0': /licenses you to do everything with this software/i,
  'BSD-2-Clause': /Redistributions? in binary form must reproduce/i,
  'BSD-3-Clause': /Redistributions? in binary form must reproduce/i,
  // Also as universities word it.
  'BSD-4-Clause':
    /Redistributions? in binary form must reproduce|granted, free of charge, to use and distribute this software/i,
  'CC0-1.0': /No Copyright|waives? (all )?copyright|Affirmer/i,
  ISC: /Permission to use, copy, modify, and(\/or)? distribute this software/i,
  'LGPL-2.0-or-later': /GNU LIBRARY GENERAL PUBLIC LICENSE TERMS AND CONDITIONS FOR COPYING/i,
  MIT: /Permission is hereby granted, free of charge, to any person obtaining a copy/i,
  'Python-2.0': /PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2/i,
  Unlicense: /free and unencumbered software released into the public domain/i,
});

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
    const text =
      licenceText(folder) ||
      parentText(place) ||
      standardText(
        licence,
        allowed.copyrights[described.name] ?? statedCopyright(folder, described),
      );
    return [{ name: described.name, version: described.version, licence, text, note: '' }];
  });
  const inside = allowed.alsoInside.map(({ textOf, texts, copyright, ...part }) => ({
    ...part,
    text:
      textOf === ''
        ? texts.map(name => standardText(name, copyright)).join('\n\n')
        : licenceText(join(projectFolder, 'node_modules', textOf)),
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
    if (!isWhole(licence, text)) return [`${name} has no text of its licence`];
    const isException = exceptions.some(each => each.name === name && each.licence === licence);
    return isException || isAllowed(licence, allowed) ? [] : [`${name} is under ${licence}`];
  });
}

/**
 * Whether a text is that of one of the licences something may be used under, and of all that it must be.
 * One that nobody else has, which is an exception, only has to be there.
 * @param {string} licence
 * @param {string} text
 * @returns {boolean}
 */
function isWhole(licence, text) {
  const plain = text.replace(/[\s*#>]+/g, ' ');
  return licence
    .replace(/^\((.*)\)$/, '$1')
    .split(' OR ')
    .some(choice => choice.split(' AND ').every(each => (KEY_SENTENCES[each] ?? /\S/).test(plain)));
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

/**
 * The text a licence has for everybody, with whose copyright it is; empty when it is not one of those
 * that lie here.
 * @param {string} licence
 * @param {string} copyright
 */
function standardText(licence, copyright) {
  const path = join(TEXTS, `${licence}.txt`);
  if (!existsSync(path)) return '';
  const text = readFileSync(path, 'utf8').trim();
  if (text.includes(COPYRIGHT)) return copyright === '' ? '' : text.replace(COPYRIGHT, copyright);
  return copyright === '' ? text : `${copyright}\n\n${text}`;
}

/**
 * The copyright of a package without a text of its own: as its page has it, or by its author's name.
 * @param {string} folder
 * @param {{ author?: unknown }} described
 */
function statedCopyright(folder, { author }) {
  const page = readdirSync(folder).find(name => /^readme/i.test(name));
  const line = /^Copyright \(c\) .+$/im.exec(
    page === undefined ? '' : readFileSync(join(folder, page), 'utf8'),
  );
  if (line !== null) return line[0].replaceAll('&lt;', '<').replaceAll('&gt;', '>');
  const name =
    typeof author === 'object' && author !== null && 'name' in author ? author.name : author;
  return typeof name === 'string' ? `Copyright (c) ${name.replace(/ \(.*$/, '')}` : '';
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
