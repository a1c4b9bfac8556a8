import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type KeptAccount, openAccountFile } from '../../electron/store/account-file.ts';
import { secretBox } from '../support/secret-box.ts';
import { tempFolder } from '../support/temp-folder.ts';

const ACCOUNT: KeptAccount = {
  accountSid: `AC${'1'.repeat(32)}`,
  apiKeySid: `SK${'2'.repeat(32)}`,
  number: '+14155550100',
  address: { kind: 'tunnel', domain: 'desk.ngrok.app' },
  takeNumber: true,
  inUse: true,
  secrets: {
    authToken: 'the auth token',
    apiSecret: 'the key secret',
    ngrokAuthtoken: 'the tunnel token',
  },
};

const SECRETS = ['the auth token', 'the key secret', 'the tunnel token'];

function accountPath(): string {
  return join(tempFolder(), 'account.json');
}

describe('the account file', () => {
  it('holds nothing where there is none, and makes none', () => {
    const path = accountPath();
    const file = openAccountFile(path, 'then', secretBox());
    expect(file.kept()).toBeNull();
    expect(file.problem).toBeNull();
    expect(existsSync(path)).toBe(false);
  });

  it('keeps an account for the next run', () => {
    const path = accountPath();
    const box = secretBox();
    const file = openAccountFile(path, 'then', box);
    expect(file.keep(ACCOUNT)).toBeNull();
    expect(file.kept()).toEqual(ACCOUNT);
    const again = openAccountFile(path, 'later', box);
    expect(again.problem).toBeNull();
    expect(again.kept()).toEqual(ACCOUNT);
    const idle = { ...ACCOUNT, inUse: false };
    expect(again.keep(idle)).toBeNull();
    expect(openAccountFile(path, 'later', box).kept()).toEqual(idle);
  });

  it('shows no secret on disk, beside what is none', () => {
    const path = accountPath();
    openAccountFile(path, 'then', secretBox()).keep(ACCOUNT);
    const text = readFileSync(path, 'utf8');
    expect(text).toContain(ACCOUNT.accountSid);
    for (const secret of SECRETS) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(Buffer.from(secret).toString('base64').slice(0, 12));
    }
  });

  it('leaves nothing beside itself, and is for its owner only', () => {
    const path = accountPath();
    openAccountFile(path, 'then', secretBox()).keep(ACCOUNT);
    expect(readdirSync(join(path, '..'))).toEqual(['account.json']);
    const others = process.platform === 'win32' ? 0 : 0o077;
    expect(statSync(path).mode & others).toBe(0);
  });

  it('forgets the account, here and on disk', () => {
    const path = accountPath();
    const file = openAccountFile(path, 'then', secretBox());
    file.keep(ACCOUNT);
    file.forget();
    file.forget();
    expect(file.kept()).toBeNull();
    expect(readdirSync(join(path, '..'))).toEqual([]);
  });

  it('leaves the file of another run alone where there is no place for secrets', () => {
    const path = accountPath();
    openAccountFile(path, 'then', secretBox()).keep(ACCOUNT);
    expect(openAccountFile(path, 'then', null).forget()).toBeNull();
    expect(existsSync(path)).toBe(true);
  });

  it('says which file to delete when the disk refuses', () => {
    const path = accountPath();
    const file = openAccountFile(path, 'then', secretBox());
    // A folder of that name is what a file cannot be deleted as.
    mkdirSync(join(path, 'full'), { recursive: true });
    expect(file.forget()).toMatchObject({ kind: 'storage-failed', remedy: `Delete ${path}.` });
    expect(file.kept()).toBeNull();
  });

  it('keeps the account for this run when the disk refuses, and says so', () => {
    const path = accountPath();
    mkdirSync(`${path}.new`);
    const file = openAccountFile(path, 'then', secretBox());
    expect(file.keep(ACCOUNT)?.kind).toBe('storage-failed');
    expect(file.kept()).toEqual(ACCOUNT);
    expect(existsSync(path)).toBe(false);
  });
});

describe('a place for secrets that is locked', () => {
  it('leaves the account for this run, says so and writes nothing', () => {
    const path = accountPath();
    const seal = (): never => {
      throw new Error('the keyring is locked');
    };
    const file = openAccountFile(path, 'then', { ...secretBox(), seal });
    expect(file.keep(ACCOUNT)?.kind).toBe('secrets-not-kept');
    expect(file.kept()).toEqual(ACCOUNT);
    expect(readdirSync(join(path, '..'))).toEqual([]);
  });
});

describe('a system without a place for secrets', () => {
  it('keeps the account for this run only, says so and writes nothing', () => {
    const path = accountPath();
    const file = openAccountFile(path, 'then', null);
    expect(file.problem).toBeNull();
    expect(file.keep(ACCOUNT)?.kind).toBe('secrets-not-kept');
    expect(file.kept()).toEqual(ACCOUNT);
    expect(readdirSync(join(path, '..'))).toEqual([]);
  });

  it('leaves an account alone that was sealed when there was one', () => {
    const path = accountPath();
    const box = secretBox();
    openAccountFile(path, 'then', box).keep(ACCOUNT);
    const file = openAccountFile(path, 'later', null);
    expect(file.kept()).toBeNull();
    expect(file.problem?.kind).toBe('secrets-not-kept');
    expect(openAccountFile(path, 'later still', box).kept()).toEqual(ACCOUNT);
  });
});

describe('an account that cannot be opened', () => {
  it('is set aside with a problem when it was sealed with another key', () => {
    const path = accountPath();
    openAccountFile(path, 'then', secretBox()).keep(ACCOUNT);
    const text = readFileSync(path, 'utf8');
    const file = openAccountFile(path, 'then', secretBox());
    const aside = `${path}.unreadable-then`;
    expect(file.kept()).toBeNull();
    expect(file.problem?.kind).toBe('account-unreadable');
    expect(file.problem?.remedy).toContain(aside);
    expect(readFileSync(aside, 'utf8')).toBe(text);
    expect(existsSync(path)).toBe(false);
  });

  it.each([
    ['is cut off', text => text.slice(0, 40)],
    ['is empty', () => ''],
    ['was changed', text => text.replace(/"sealed": "..../, '"sealed": "AAAA')],
    ['lacks its number', text => text.replace('"number"', '"numbre"')],
  ] satisfies [string, (text: string) => string][])(
    'is set aside with a problem when it %s',
    (_, damage) => {
      const path = accountPath();
      const box = secretBox();
      openAccountFile(path, 'then', box).keep(ACCOUNT);
      const damaged = damage(readFileSync(path, 'utf8'));
      writeFileSync(path, damaged);
      const file = openAccountFile(path, 'then', box);
      expect(file.kept()).toBeNull();
      expect(file.problem?.kind).toBe('account-unreadable');
      expect(readFileSync(`${path}.unreadable-then`, 'utf8')).toBe(damaged);
      expect(file.keep(ACCOUNT)).toBeNull();
      expect(openAccountFile(path, 'later', box).kept()).toEqual(ACCOUNT);
    },
  );
});
