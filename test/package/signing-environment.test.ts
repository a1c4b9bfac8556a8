import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dropEmptySecrets, withNotaryKey } from '../../build/package/signing-environment.mjs';

describe('secrets that are not there', () => {
  it('are taken away, and nothing else is', () => {
    const environment = {
      CSC_LINK: '',
      WIN_CSC_LINK: '',
      APPLE_API_KEY_ID: '',
      AZURE_TENANT_ID: '',
      CSC_KEY_PASSWORD: 'kept',
      EMPTY: '',
      MY_CSC_LINK: '',
    };
    dropEmptySecrets(environment);
    expect(environment).toEqual({ CSC_KEY_PASSWORD: 'kept', EMPTY: '', MY_CSC_LINK: '' });
  });
});

describe('the key for Apple’s notary', () => {
  it('is a file of its owner while the app is packed, and no longer in the environment', async () => {
    const environment: NodeJS.ProcessEnv = { APPLE_API_KEY_CONTENT: 'a key' };
    const path = await withNotaryKey(environment, async () => {
      const file = environment['APPLE_API_KEY'] ?? '';
      expect(readFileSync(file, 'utf8')).toBe('a key');
      if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(Object.values(environment)).not.toContain('a key');
      return file;
    });
    expect(existsSync(dirname(path))).toBe(false);
    expect(environment).toEqual({});
  });

  it('is gone too when packing fails', async () => {
    const environment: NodeJS.ProcessEnv = { APPLE_API_KEY_CONTENT: 'a key' };
    let path = '';
    const failing = withNotaryKey(environment, async () => {
      path = environment['APPLE_API_KEY'] ?? '';
      throw new Error('no disk');
    });
    await expect(failing).rejects.toThrow('no disk');
    expect(existsSync(dirname(path))).toBe(false);
    expect(environment).toEqual({});
  });

  it('is not asked for where there is none', async () => {
    const environment: NodeJS.ProcessEnv = {};
    expect(await withNotaryKey(environment, async () => 'packed')).toBe('packed');
    expect(environment).toEqual({});
  });
});
