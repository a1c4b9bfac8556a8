import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openKeyFile } from '../../electron/store/key-file.ts';
import { secretBox } from '../support/secret-box.ts';
import { tempFolder } from '../support/temp-folder.ts';

function keyPath(): string {
  return join(tempFolder(), 'keys.json');
}

describe('the key file', () => {
  it('holds nothing where there is none, and makes none', () => {
    const path = keyPath();
    const file = openKeyFile(path, 'then', secretBox(), {});
    expect(file.keys()).toEqual({ openai: null, deepgram: null });
    expect(file.problem).toBeNull();
    expect(existsSync(path)).toBe(false);
  });

  it('keeps keys for the next run, sealed and for their owner only', () => {
    const path = keyPath();
    const box = secretBox();
    const file = openKeyFile(path, 'then', box, {});
    expect(file.set('openai', 'sk-secret')).toBeNull();
    expect(file.keys()).toEqual({ openai: 'kept', deepgram: null });
    expect(file.key('openai')).toBe('sk-secret');
    expect(readFileSync(path, 'utf8')).not.toContain('sk-secret');
    expect(readdirSync(join(path, '..'))).toEqual(['keys.json']);
    const others = process.platform === 'win32' ? 0 : 0o077;
    expect(statSync(path).mode & others).toBe(0);
    const again = openKeyFile(path, 'later', box, {});
    expect(again.key('openai')).toBe('sk-secret');
    expect(again.set('deepgram', 'dg-secret')).toBeNull();
    expect(again.set('openai', null)).toBeNull();
    const last = openKeyFile(path, 'later', box, {});
    expect(last.keys()).toEqual({ openai: null, deepgram: 'kept' });
    expect(last.set('deepgram', null)).toBeNull();
    expect(existsSync(path)).toBe(false);
  });

  it('takes keys of the environment first, for this run only', () => {
    const path = keyPath();
    const box = secretBox();
    openKeyFile(path, 'then', box, {}).set('openai', 'sk-kept');
    const file = openKeyFile(path, 'then', box, { openai: 'sk-given', deepgram: null });
    expect(file.key('openai')).toBe('sk-given');
    expect(file.keys()).toEqual({ openai: 'this-run', deepgram: null });
    expect(file.set('openai', null)).toBeNull();
    expect(file.key('openai')).toBe('sk-given');
    expect(openKeyFile(path, 'then', box, {}).key('openai')).toBeNull();
  });

  it('keeps a key for this run where there is no place for secrets', () => {
    const path = keyPath();
    const file = openKeyFile(path, 'then', null, {});
    expect(file.set('deepgram', 'dg-secret')).toMatchObject({ kind: 'secrets-not-kept' });
    expect(file.keys()).toEqual({ openai: null, deepgram: 'this-run' });
    expect(existsSync(path)).toBe(false);
    expect(file.set('deepgram', null)).toBeNull();
    expect(file.key('deepgram')).toBeNull();
  });

  it('leaves the file of another run alone where there is no place for secrets', () => {
    const path = keyPath();
    openKeyFile(path, 'then', secretBox(), {}).set('openai', 'sk-secret');
    const before = readFileSync(path, 'utf8');
    const file = openKeyFile(path, 'then', null, {});
    expect(file.problem).toMatchObject({ kind: 'secrets-not-kept' });
    file.set('openai', 'sk-other');
    file.set('openai', null);
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it.each(['', '{}', '{"sealed":"AAAA"}'])('sets aside what cannot be opened: %s', text => {
    const path = keyPath();
    writeFileSync(path, text);
    const file = openKeyFile(path, 'then', secretBox(), {});
    expect(file.keys()).toEqual({ openai: null, deepgram: null });
    expect(file.problem).toMatchObject({ kind: 'secrets-not-kept' });
    expect(file.problem?.remedy).toContain(`${path}.unreadable-then`);
    expect(readFileSync(`${path}.unreadable-then`, 'utf8')).toBe(text);
  });

  it('says so when a key cannot be sealed or written, and uses it in this run', () => {
    const locked = {
      seal: () => {
        throw new Error('locked');
      },
      open: () => '',
    };
    const unsealed = openKeyFile(keyPath(), 'then', locked, {});
    expect(unsealed.set('openai', 'sk-1')).toMatchObject({ kind: 'secrets-not-kept' });
    expect(unsealed.keys().openai).toBe('this-run');
    const path = keyPath();
    mkdirSync(`${path}.new`);
    const unwritten = openKeyFile(path, 'then', secretBox(), {});
    expect(unwritten.set('openai', 'sk-1')).toMatchObject({ kind: 'storage-failed' });
    expect(unwritten.keys().openai).toBe('this-run');
    expect(unwritten.key('openai')).toBe('sk-1');
  });
});
