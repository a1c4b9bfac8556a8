import { readFileSync } from 'node:fs';
import type { Configuration } from 'electron-builder';
import { afterEach, describe, expect, it, vi } from 'vitest';

/** The configuration as it is with these variables in the environment. */
async function configured(variables: Record<string, string> = {}): Promise<Configuration> {
  vi.resetModules();
  const names = ['CSC_LINK', 'CSC_NAME', 'APPLE_API_KEY', 'APPLE_ID'];
  const all = [...names, 'AZURE_SIGNING_ACCOUNT', 'GITHUB_REPOSITORY'];
  for (const name of all) vi.stubEnv(name, variables[name]);
  return (await import('../../build/electron-builder.mjs')).configuration;
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the packages', () => {
  it('are signed and notarised with secrets only', async () => {
    const without = await configured();
    expect(without.mac?.notarize).toBe(false);
    expect(without.win).not.toHaveProperty('azureSignOptions');
    expect((await configured({ APPLE_API_KEY: 'key' })).mac?.notarize).toBe(false);
    const secrets = { CSC_LINK: 'certificate', APPLE_API_KEY: 'key', AZURE_SIGNING_ACCOUNT: 'us' };
    const withAll = await configured(secrets);
    expect(withAll.mac?.notarize).toBe(true);
    expect(withAll.win?.azureSignOptions).toMatchObject({ codeSigningAccountName: 'us' });
  });

  it('look for updates where they were released, and nowhere when made elsewhere', async () => {
    expect((await configured()).publish).toBeNull();
    const released = await configured({ GITHUB_REPOSITORY: 'earshot/console' });
    expect(released.publish).toMatchObject({ owner: 'earshot', repo: 'console' });
  });

  it('of macOS are hardened and may use the microphone, which they say why', async () => {
    const { mac } = await configured();
    expect(mac).toMatchObject({ target: ['dmg', 'zip'], hardenedRuntime: true });
    expect(mac?.extendInfo).toHaveProperty('NSMicrophoneUsageDescription');
    for (const path of [mac?.entitlements, mac?.entitlementsInherit]) {
      const text = readFileSync(path ?? '', 'utf8');
      const granted = [...text.matchAll(/<key>(.*)<\/key>\s*<true\/>/g)].map(([, key]) => key);
      expect(granted).toEqual([
        'com.apple.security.device.audio-input',
        'com.apple.security.cs.allow-jit',
        'com.apple.security.cs.disable-library-validation',
      ]);
    }
  });

  it('of Windows need no administrator', async () => {
    expect((await configured()).nsis).toMatchObject({ perMachine: false, allowElevation: false });
  });

  it('open telephone links', async () => {
    expect((await configured()).protocols).toMatchObject([{ schemes: ['tel'] }]);
  });
});
