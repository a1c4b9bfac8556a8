import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../electron/core/problem.ts';
import { unpackEngine } from '../../electron/offline/unpack-engine.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { archiveOf, tgzOf } from './pack-server.ts';

const signal = new AbortController().signal;

async function archive(files: Readonly<Record<string, string | null>>) {
  const folder = tempFolder();
  const content = await tgzOf(files);
  const path = join(folder, 'engine.tgz');
  writeFileSync(path, content);
  const recipe = {
    ...archiveOf('https://example.com', content),
    library: 'lib/a.dll',
    beside: ['lib/b.dll'],
  };
  return { path, recipe, target: tempFolder() };
}

describe('an engine', () => {
  it('is unpacked with what it needs beside it', async () => {
    const { path, recipe, target } = await archive({
      'lib/a.dll': 'a',
      'lib/b.dll': 'b',
      'lib/c.dll': 'c',
    });
    await unpackEngine(path, recipe, target, signal);
    expect(readdirSync(target).sort()).toEqual(['a.dll', 'b.dll']);
  });

  it.each([
    ['is missing', { 'lib/a.dll': 'a' }],
    ['is a link', { 'lib/a.dll': 'a', 'lib/b.dll': null }],
  ])('is refused when a part of it %s', async (_, files) => {
    const { path, recipe, target } = await archive(files);
    await expect(unpackEngine(path, recipe, target, signal)).rejects.toBeInstanceOf(ProblemError);
  });
});
