import { describe, expect, it } from 'vitest';
import { signingOf, signingVariables } from '../../build/package/signing.mjs';

const { certificate, notary, windowsCertificate, azure } = signingVariables;

/** How a system's packages are signed with these variables and no others. */
const signing = (platform: NodeJS.Platform, ...names: readonly string[]) =>
  signingOf(platform, name => names.includes(name));

describe('packages', () => {
  it('are signed by what is there in full, and by nothing without it', () => {
    const nothing = { by: undefined, notarises: false };
    expect(signing('darwin')).toEqual(nothing);
    expect(signing('win32')).toEqual(nothing);
    expect(signing('linux', ...certificate, ...azure)).toEqual(nothing);
    const byCertificate = { by: 'certificate', notarises: false };
    expect(signing('darwin', ...certificate)).toEqual(byCertificate);
    expect(signing('darwin', ...certificate, ...notary)).toEqual({
      by: 'certificate',
      notarises: true,
    });
    expect(signing('win32', ...windowsCertificate)).toEqual(byCertificate);
    expect(signing('win32', ...windowsCertificate, ...azure).by).toBe('azure');
  });

  it.each([
    ['darwin', ['CSC_LINK'], 'CSC_KEY_PASSWORD is not'],
    ['darwin', [...certificate, 'APPLE_API_KEY_ID'], 'APPLE_API_KEY_CONTENT, APPLE_API_ISSUER is'],
    ['win32', ['WIN_CSC_KEY_PASSWORD'], 'WIN_CSC_LINK is not'],
    ['win32', azure.slice(1), 'AZURE_TENANT_ID is not'],
    ['win32', [...azure, 'WIN_CSC_LINK'], 'WIN_CSC_KEY_PASSWORD is not'],
  ] as const)('are not made on %s with %o alone', (platform, names, words) => {
    expect(() => signing(platform, ...names)).toThrow(words);
  });

  it('are not notarised unsigned', () => {
    expect(() => signing('darwin', ...notary)).toThrow('only what is signed');
  });
});
