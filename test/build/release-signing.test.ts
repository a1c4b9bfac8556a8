import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { run } from '../../build/child.mjs';
import { signingWords } from '../../build/release-signing.mjs';
import { tempFolder } from '../support/temp-folder.ts';

it.each([
  ['darwin', undefined, false, 'Not signed and not notarised: CSC_LINK, CSC_KEY_PASSWORD are not'],
  ['darwin', 'certificate', false, 'Signed, but not notarised: APPLE_API_KEY_CONTENT,'],
  ['darwin', 'certificate', true, 'Signed, and notarised by Apple.'],
  ['win32', undefined, false, 'Not signed: neither WIN_CSC_LINK'],
  ['win32', 'azure', false, 'Signed by Azure Trusted Signing.'],
  ['win32', 'certificate', false, 'Signed by a certificate.'],
  ['linux', undefined, false, 'Packages of Linux are not signed'],
] as const)('says on %s, signed by %s, what comes of it', (platform, by, notarises, words) => {
  expect(signingWords(platform, { by, notarises }).join(' ')).toContain(words);
});

it('is told which secrets there are, and writes what comes of it for whoever reads the run', async () => {
  const GITHUB_STEP_SUMMARY = join(tempFolder(), 'summary.md');
  const env = { ...process.env, GITHUB_STEP_SUMMARY, CSC_LINK: 'false', WIN_CSC_LINK: 'false' };
  const { code, output } = await run(process.execPath, ['build/release-signing.mjs'], { env });
  expect(output).toMatch(/not signed/i);
  expect(code).toBe(0);
  expect(readFileSync(GITHUB_STEP_SUMMARY, 'utf8')).toContain(output.trim().split('\n')[0]);
});
