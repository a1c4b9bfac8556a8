import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openHeardFolder } from '../../electron/practice/heard-folder.ts';
import { tempFolder } from '../support/temp-folder.ts';

it('is taken away at the end when it was made for nothing', () => {
  const folder = openHeardFolder(null);
  expect(existsSync(folder.path)).toBe(true);
  folder.close();
  folder.close();
  expect(existsSync(folder.path)).toBe(false);
});

it('stays with what was written into it', () => {
  const folder = openHeardFolder(null);
  onTestFinished(() => rmSync(folder.path, { recursive: true }));
  const file = join(folder.path, 'CA1.wav');
  writeFileSync(file, 'sound');
  folder.close();
  expect(existsSync(file)).toBe(true);
});

it('stays when it is somebody’s own', () => {
  const path = tempFolder();
  openHeardFolder(path).close();
  expect(existsSync(path)).toBe(true);
});
