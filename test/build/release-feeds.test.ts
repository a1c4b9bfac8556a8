import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { collectRelease, mergeFeeds } from '../../build/release-feeds.mjs';
import { tempFolder } from '../support/temp-folder.ts';

const feed = (name: string, version = '1.0.0'): string =>
  [
    `version: ${version}`,
    'files:',
    `  - url: ${name}`,
    '    sha512: YWJj',
    '    size: 3',
    `path: ${name}`,
    'sha512: YWJj',
    "releaseDate: '2026-01-01T00:00:00.000Z'",
    '',
  ].join('\n');

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = tempFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

it('brings the packages of all systems together', async () => {
  const from = folderOf({
    'packages-macos-latest/Earshot-mac-arm64.zip': 'arm',
    'packages-macos-latest/latest-mac.yml': feed('Earshot-mac-arm64.zip'),
    'packages-macos-15-intel/Earshot-mac-x64.zip': 'intel',
    'packages-macos-15-intel/latest-mac.yml': feed('Earshot-mac-x64.zip'),
    'packages-windows-latest/Earshot-win-x64.exe': 'win',
    'packages-windows-latest/latest.yml': feed('Earshot-win-x64.exe'),
    'packages-windows-latest/builder-debug.yml': 'x: 1',
  });
  const to = join(tempFolder(), 'release');
  const names = await collectRelease(from, to);
  expect(names).toEqual(readdirSync(to).sort());
  expect(names).toEqual([
    'Earshot-mac-arm64.zip',
    'Earshot-mac-x64.zip',
    'Earshot-win-x64.exe',
    'latest-mac.yml',
    'latest.yml',
  ]);
  const merged = readFileSync(join(to, 'latest-mac.yml'), 'utf8');
  expect([...merged.matchAll(/- url: (\S+)/g)].map(([, name]) => name)).toEqual([
    'Earshot-mac-x64.zip',
    'Earshot-mac-arm64.zip',
  ]);
  expect(merged.match(/^(version|path|releaseDate)/gm)).toHaveLength(3);
});

it('takes feeds whose lines end as on Windows', async () => {
  const crlf = (name: string) => feed(name).replaceAll('\n', '\r\n');
  const from = folderOf({
    'a/E-arm64.zip': 'arm',
    'a/latest-mac.yml': crlf('E-arm64.zip'),
    'b/E-x64.zip': 'intel',
    'b/latest-mac.yml': crlf('E-x64.zip'),
  });
  const to = join(tempFolder(), 'to');
  await collectRelease(from, to);
  const merged = readFileSync(join(to, 'latest-mac.yml'), 'utf8');
  expect([...merged.matchAll(/- url: (\S+)/g)].map(([, name]) => name)).toEqual([
    'E-arm64.zip',
    'E-x64.zip',
  ]);
  expect(merged).not.toContain('\r');
});

it('refuses to leave the Macs of one kind without updates', async () => {
  const from = folderOf({ 'a/latest-mac.yml': feed('E-x64.zip'), 'a/E-x64.zip': 'x' });
  await expect(collectRelease(from, join(tempFolder(), 'to'))).rejects.toThrow('no -arm64.zip');
});

it('refuses feeds of two versions, and feeds that name what is not there', async () => {
  expect(() => mergeFeeds(feed('a.zip'), feed('b.zip', '1.1.0'))).toThrow('cannot be one');
  expect(() => mergeFeeds(feed('a.zip'), 'version: 1.0.0\n')).toThrow('names no packages');
  const from = folderOf({ 'a/latest.yml': feed('gone.exe') });
  await expect(collectRelease(from, join(tempFolder(), 'to'))).rejects.toThrow('gone.exe');
});

it('refuses two packages of one name, and a release without a feed', async () => {
  const twice = folderOf({ 'a/E.deb': '1', 'b/E.deb': '2' });
  await expect(collectRelease(twice, join(tempFolder(), 'to'))).rejects.toThrow('E.deb');
  const without = folderOf({ 'a/E.deb': '1' });
  await expect(collectRelease(without, join(tempFolder(), 'to'))).rejects.toThrow('No feed');
});
