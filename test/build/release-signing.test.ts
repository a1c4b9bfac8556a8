import { expect, it } from 'vitest';
import { run } from '../../build/child.mjs';
import { signingWords } from '../../build/release-signing.mjs';

const set = (...names: readonly string[]) =>
  Object.fromEntries(names.map(name => [name, 'a-secret']));
const certificate = set('CSC_LINK', 'CSC_KEY_PASSWORD');
const notary = set('APPLE_API_KEY_CONTENT', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER');
const azure = set(
  'AZURE_TENANT_ID',
  'AZURE_CLIENT_ID',
  'AZURE_CLIENT_SECRET',
  'AZURE_PUBLISHER_NAME',
  'AZURE_SIGNING_ENDPOINT',
  'AZURE_SIGNING_ACCOUNT',
  'AZURE_SIGNING_PROFILE',
);

it.each([
  ['darwin', {}, 'Not signed and not notarised: CSC_LINK, CSC_KEY_PASSWORD not set.'],
  ['darwin', { CSC_LINK: '', CSC_KEY_PASSWORD: '' }, 'Not signed and not notarised'],
  ['darwin', certificate, 'Signed, but not notarised'],
  ['darwin', { ...certificate, ...notary }, 'Signed, and notarised by Apple.'],
  ['win32', {}, 'Not signed'],
  ['win32', { ...azure, AZURE_CLIENT_SECRET: '' }, 'Not signed'],
  ['win32', azure, 'Signed by Azure Trusted Signing.'],
  ['win32', set('WIN_CSC_LINK', 'WIN_CSC_KEY_PASSWORD'), 'Signed by a certificate.'],
  ['linux', certificate, 'Packages of Linux are not signed'],
] as const)('says on %s with %o what is signed', (platform, environment, words) => {
  const said = signingWords(platform, environment).join(' ');
  expect(said).toContain(words);
  expect(said).not.toContain('a-secret');
});

it('tells no secret where it runs', async () => {
  const env = {
    ...process.env,
    ...certificate,
    ...notary,
    GITHUB_ENV: '',
    GITHUB_STEP_SUMMARY: '',
  };
  const { code, output } = await run(process.execPath, ['build/release-signing.mjs'], { env });
  expect(code).toBe(0);
  expect(output).not.toContain('a-secret');
});
