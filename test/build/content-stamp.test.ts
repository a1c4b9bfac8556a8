import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentHash } from '../../build/content-stamp.mjs';

describe('the hash of contents', () => {
  let root: string;
  const hash = () => contentHash(root, ['source', 'lock.json']);

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'earshot-stamp-'));
    mkdirSync(join(root, 'source', 'deep'), { recursive: true });
    writeFileSync(join(root, 'source', 'deep', 'a.ts'), 'a');
    writeFileSync(join(root, 'lock.json'), '{}');
  });

  afterEach(() => rmSync(root, { recursive: true }));

  it('stays the same when files are only touched', () => {
    const before = hash();
    utimesSync(join(root, 'source', 'deep', 'a.ts'), 0, 0);
    expect(hash()).toBe(before);
  });

  it('changes with a content, a name, a new file and a file that goes', () => {
    const hashes = [hash()];
    writeFileSync(join(root, 'source', 'deep', 'a.ts'), 'b');
    hashes.push(hash());
    renameSync(join(root, 'source', 'deep', 'a.ts'), join(root, 'source', 'deep', 'b.ts'));
    hashes.push(hash());
    writeFileSync(join(root, 'source', 'new.ts'), '');
    hashes.push(hash());
    rmSync(join(root, 'lock.json'));
    hashes.push(hash());
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});
