// Says plainly whether the packages made here will be signed: node build/release-signing.mjs
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runAsCommand, say } from './progress.mjs';

/**
 * What signs the packages of a system, by the variables that have to be set.
 * Source: https://www.electron.build/code-signing
 */
const CERTIFICATE = ['CSC_LINK', 'CSC_KEY_PASSWORD'];
const WINDOWS_CERTIFICATE = ['WIN_CSC_LINK', 'WIN_CSC_KEY_PASSWORD'];
const AZURE = [
  'AZURE_TENANT_ID',
  'AZURE_CLIENT_ID',
  'AZURE_CLIENT_SECRET',
  'AZURE_PUBLISHER_NAME',
  'AZURE_SIGNING_ENDPOINT',
  'AZURE_SIGNING_ACCOUNT',
  'AZURE_SIGNING_PROFILE',
];
const NOTARY = ['APPLE_API_KEY_CONTENT', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER'];

/**
 * What will be signed, in sentences. Variables that are set to nothing, as secrets that are not there
 * are, count as missing; their values are never told.
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} environment
 */
export function signingWords(platform, environment) {
  const missing = (/** @type {readonly string[]} */ names) =>
    names.filter(name => !environment[name]);
  const has = (/** @type {readonly string[]} */ names) => missing(names).length === 0;
  if (platform === 'darwin') {
    if (!has(CERTIFICATE)) {
      return [
        `Not signed and not notarised: ${missing(CERTIFICATE).join(', ')} not set.`,
        'macOS opens such an app only when a person allows it, and it cannot update itself.',
      ];
    }
    if (has(NOTARY)) return ['Signed, and notarised by Apple.'];
    return [
      `Signed, but not notarised: ${missing(NOTARY).join(', ')} not set.`,
      'macOS opens such an app only when a person allows it.',
    ];
  }
  if (platform === 'win32') {
    if (has(AZURE)) return ['Signed by Azure Trusted Signing.'];
    if (has(WINDOWS_CERTIFICATE)) return ['Signed by a certificate.'];
    return [
      `Not signed: neither ${WINDOWS_CERTIFICATE.join(', ')} nor all of ${AZURE.join(', ')} are set.`,
      'Windows warns before it opens such an installer, and updates are known by their checksum alone.',
    ];
  }
  return ['Packages of Linux are not signed; SHA256SUMS names what they hold.'];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runAsCommand(async () => {
    const words = signingWords(process.platform, process.env);
    for (const line of words) say(line);
    const { GITHUB_STEP_SUMMARY, GITHUB_ENV, RUNNER_TEMP, APPLE_API_KEY_CONTENT } = process.env;
    if (GITHUB_STEP_SUMMARY)
      await appendFile(GITHUB_STEP_SUMMARY, `${process.platform}: ${words.join(' ')}\n`);
    // Apple's tool wants the key as a file, which goes with the machine.
    if (process.platform === 'darwin' && GITHUB_ENV && RUNNER_TEMP && APPLE_API_KEY_CONTENT) {
      const path = join(RUNNER_TEMP, 'notary-key.p8');
      await writeFile(path, APPLE_API_KEY_CONTENT, { mode: 0o600 });
      await appendFile(GITHUB_ENV, `APPLE_API_KEY=${path}\n`);
    }
    return 0;
  });
}
