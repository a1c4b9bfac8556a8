import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { packageConfiguration } from '../../build/electron-builder.mjs';
import { unsigned } from '../../build/package/signing.mjs';
import { APP_ID } from '../../electron/shell/app-id.ts';

const plain = packageConfiguration(unsigned, {});

describe('the packages', () => {
  it('are signed and notarised as the secrets allow, and by no keychain that happens to be there', () => {
    expect(plain.mac).toMatchObject({ notarize: false, identity: null });
    expect(plain.win).not.toHaveProperty('azureSignOptions');
    const signed = packageConfiguration({ by: 'certificate', notarises: true }, {});
    expect(signed.mac).toMatchObject({ notarize: true });
    expect(signed.mac).not.toHaveProperty('identity');
    const environment = { AZURE_SIGNING_ACCOUNT: 'us' };
    const azure = packageConfiguration({ by: 'azure', notarises: false }, environment);
    expect(azure.win?.azureSignOptions).toMatchObject({ codeSigningAccountName: 'us' });
  });

  it('bear the name that the process gives itself, which Windows compares', () => {
    expect(plain.appId).toBe(APP_ID);
    const shell = readFileSync(new URL('../../electron/main.ts', import.meta.url), 'utf8');
    expect(shell).toContain('setAppUserModelId(APP_ID)');
  });

  it('look for updates where they were released, and nowhere when made elsewhere', () => {
    expect(plain.publish).toBeNull();
    const released = packageConfiguration(unsigned, { GITHUB_REPOSITORY: 'earshot/console' });
    expect(released.publish).toMatchObject({ owner: 'earshot', repo: 'console' });
  });

  it('of macOS are hardened and may use the microphone, which they say why', () => {
    const { mac } = plain;
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

  it('of Windows need no administrator', () => {
    expect(plain.nsis).toMatchObject({ oneClick: true, perMachine: false });
  });

  it('of Linux that need no installation keep the sandbox where the system has one', () => {
    expect(plain.toolsets).toEqual({ appimage: '1.0.3' });
  });

  it('open telephone links', () => {
    expect(plain.protocols).toMatchObject([{ schemes: ['tel'] }]);
  });
});
