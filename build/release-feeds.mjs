// Brings the packages of all systems together, one feed of updates for each: node build/release-feeds.mjs <from> <to>
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runAsCommand, Stop, say } from './progress.mjs';

/** What people install, and what their copies look for. Source: electron-builder's artifact and update file names. */
const RELEASED = /\.(dmg|zip|exe|AppImage|deb|tar\.gz|blockmap)$/;
const FEED = /^latest(-mac|-linux(-arm64)?)?\.yml$/;
const MAC_FEED = 'latest-mac.yml';

/** What a Mac fetches to update itself, by the end of its name: one for each kind of processor. */
const MAC_PACKAGES = ['-x64.zip', '-arm64.zip'];

/**
 * Copies what is released from folders below `from` into `to`. Feeds that bear one name, of a Mac's
 * two processors, become one that names the packages of both. Resolves to the names that lie there.
 * @param {string} from
 * @param {string} to
 */
export async function collectRelease(from, to) {
  await mkdir(to, { recursive: true });
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
  /** @type {Map<string, string>} */
  const feeds = new Map();
  const taken = new Set();
  for (const path of paths) {
    const name = basename(path);
    if (FEED.test(name)) {
      const other = feeds.get(name);
      const feed = (await readFile(path, 'utf8')).replaceAll('\r\n', '\n');
      feeds.set(name, other === undefined ? feed : mergeFeeds(other, feed));
    } else if (RELEASED.test(name)) {
      if (taken.has(name)) throw new Stop(`Two packages are named ${name}.`);
      taken.add(name);
      await copyFile(path, join(to, name));
    }
  }
  for (const [name, feed] of feeds) {
    const named = filesOf(feed);
    const missing = named.filter(file => !taken.has(file));
    if (missing.length > 0)
      throw new Stop(`${name} names ${missing.join(', ')}, which is not here.`);
    const lacking = MAC_PACKAGES.filter(end => !named.some(file => file.endsWith(end)));
    if (name === MAC_FEED && lacking.length > 0)
      throw new Stop(`${name} names no ${lacking.join(', ')}: those Macs would find nothing.`);
    await writeFile(join(to, name), feed);
  }
  if (feeds.size === 0)
    throw new Stop(`No feed of updates lies below ${from}: copies would find nothing.`);
  return [...taken, ...feeds.keys()].sort();
}

/**
 * One feed that names the packages of two.
 * @param {string} one
 * @param {string} other
 */
export function mergeFeeds(one, other) {
  if (versionOf(one) !== versionOf(other)) {
    throw new Stop(`Feeds of versions ${versionOf(one)} and ${versionOf(other)} cannot be one.`);
  }
  const [, more] = packagesOf(other);
  const [whole, own] = packagesOf(one);
  return one.replace(whole, () => `files:\n${own}${more}`);
}

/** @param {string} feed */
function versionOf(feed) {
  return /^version: (.+)$/m.exec(feed)?.[1];
}

/**
 * The packages a feed names: the words it begins with and the lines that follow.
 * @param {string} feed
 * @returns {[whole: string, lines: string]}
 */
function packagesOf(feed) {
  const found = /^files:\n((?: +.*\n)+)/m.exec(feed);
  if (found?.[1] === undefined) throw new Stop(`A feed of updates names no packages:\n${feed}`);
  return [found[0], found[1]];
}

/** @param {string} feed */
function filesOf(feed) {
  return [...packagesOf(feed)[1].matchAll(/^ +- url: ['"]?(.+?)['"]?$/gm)].map(
    ([, name = '']) => name,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runAsCommand(async () => {
    const [, , from, to] = process.argv;
    if (from === undefined || to === undefined)
      throw new Stop('Name where the packages lie, and where to.');
    say((await collectRelease(from, to)).join('\n'));
    return 0;
  });
}
