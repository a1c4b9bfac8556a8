import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { pageFiles } from '../../electron/shell/page-files.ts';
import { tempFolder } from '../support/temp-folder.ts';

let root: string;
let folder: string;

beforeEach(() => {
  root = tempFolder();
  folder = join(root, 'renderer');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  // A neighbour whose name begins the same, and what lies above.
  mkdirSync(join(root, 'renderer-old'));
  writeFileSync(join(root, 'renderer-old', 'index.html'), 'old');
  writeFileSync(join(root, 'account.json'), 'secret');
  writeFileSync(join(folder, 'index.html'), '<p>');
  writeFileSync(join(folder, 'assets', 'index.js'), '1');
  writeFileSync(join(folder, 'assets', 'index.js.map'), '{}');
  writeFileSync(join(folder, '.env'), 'TOKEN=1');
});

test('The files of the page are found by their address, with their type', () => {
  const files = pageFiles(folder);
  expect([...files.keys()].sort()).toEqual(['/assets/index.js', '/index.html']);
  expect(files.get('/index.html')).toEqual({
    path: join(folder, 'index.html'),
    type: 'text/html; charset=utf-8',
  });
});

test('No way of writing an address leads anywhere else', () => {
  const files = pageFiles(folder);
  for (const way of [
    '/../account.json',
    '/..%2faccount.json',
    '/%2e%2e/account.json',
    '/%252e%252e%252faccount.json',
    '/..\\account.json',
    '/..%5caccount.json',
    '/assets/../../account.json',
    '/../renderer-old/index.html',
    '/index.html%00.js',
    '/index.html\0',
    '//index.html',
    '/INDEX.HTML',
    '/.env',
    '/assets/index.js.map',
    '/assets',
    '/',
    '',
    '__proto__',
    'constructor',
    join(root, 'account.json'),
  ]) {
    expect(files.get(way), way).toBeUndefined();
  }
});

test.skipIf(process.platform === 'win32')('Links out of the folder are not followed', () => {
  symlinkSync(join(root, 'account.json'), join(folder, 'account.json'));
  symlinkSync(join(root, 'renderer-old'), join(folder, 'old'));
  expect([...pageFiles(folder).keys()].sort()).toEqual(['/assets/index.js', '/index.html']);
});
