// Says plainly whether the packages made here will be signed: node build/release-signing.mjs
// It is told which secrets there are, each variable being `true` or `false`, and never a secret itself.
import { appendFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { signingOf, signingVariables } from './package/signing.mjs';
import { runAsCommand, say } from './progress.mjs';

/**
 * What will be signed, in sentences.
 * @param {NodeJS.Platform} platform
 * @param {import('./package/signing.mjs').Signing} signing
 */
export function signingWords(platform, { by, notarises }) {
  const { certificate, notary, windowsCertificate, azure } = signingVariables;
  if (platform === 'darwin') {
    if (notarises) return ['Signed, and notarised by Apple.'];
    if (by) {
      return [
        `Signed, but not notarised: ${notary.join(', ')} are not set.`,
        'macOS opens such an app only when a person allows it.',
      ];
    }
    return [
      `Not signed and not notarised: ${certificate.join(', ')} are not set.`,
      'macOS opens such an app only when a person allows it, and it cannot update itself.',
    ];
  }
  if (platform === 'win32') {
    if (by) return [`Signed by ${by === 'azure' ? 'Azure Trusted Signing' : 'a certificate'}.`];
    return [
      `Not signed: neither ${windowsCertificate.join(', ')} nor ${azure.join(', ')} are set.`,
      'Windows warns before it opens such an installer, and updates are known by their checksum alone.',
    ];
  }
  return ['Packages of Linux are not signed; SHA256SUMS names what they hold.'];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runAsCommand(async () => {
    const { env, platform } = process;
    const words = signingWords(
      platform,
      signingOf(platform, name => env[name] === 'true'),
    );
    for (const line of words) say(line);
    const summary = env['GITHUB_STEP_SUMMARY'];
    if (summary) await appendFile(summary, `${platform}: ${words.join(' ')}\n`);
    return 0;
  });
}
