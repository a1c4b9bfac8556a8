// Whether packages are signed, and by what: told by the environment alone.
import { Stop } from '../progress.mjs';

/**
 * The variables of each way to sign. Source: https://www.electron.build/code-signing; Apple's key is
 * handed over by content, see signing-environment.mjs.
 */
export const signingVariables = /** @type {const} */ ({
  certificate: ['CSC_LINK', 'CSC_KEY_PASSWORD'],
  notary: ['APPLE_API_KEY_CONTENT', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER'],
  windowsCertificate: ['WIN_CSC_LINK', 'WIN_CSC_KEY_PASSWORD'],
  azure: [
    'AZURE_TENANT_ID',
    'AZURE_CLIENT_ID',
    'AZURE_CLIENT_SECRET',
    'AZURE_PUBLISHER_NAME',
    'AZURE_SIGNING_ENDPOINT',
    'AZURE_SIGNING_ACCOUNT',
    'AZURE_SIGNING_PROFILE',
  ],
});

/**
 * @typedef {object} Signing
 * @property {'certificate' | 'azure' | undefined} by undefined for what is not signed
 * @property {boolean} notarises
 */

/** @type {Signing} */
export const unsigned = { by: undefined, notarises: false };

/**
 * How packages of a system are signed. Throws a `Stop` where some variables of a way are set and
 * others are not: a release that lost a secret must not go out as if there had never been one.
 * @param {NodeJS.Platform} platform
 * @param {(name: string) => boolean} isSet
 * @returns {Signing}
 */
export function signingOf(platform, isSet) {
  const has = (/** @type {keyof typeof signingVariables} */ way) =>
    isComplete(signingVariables[way], isSet);
  if (platform === 'darwin') {
    const signs = has('certificate');
    const notarises = has('notary');
    if (notarises && !signs) {
      const wanted = signingVariables.certificate.join(', ');
      throw new Stop(`Apple notarises only what is signed: set ${wanted} too.`);
    }
    return signs ? { by: 'certificate', notarises } : unsigned;
  }
  if (platform === 'win32') {
    const certificate = has('windowsCertificate');
    if (has('azure')) return { by: 'azure', notarises: false };
    return certificate ? { by: 'certificate', notarises: false } : unsigned;
  }
  return unsigned;
}

/**
 * @param {readonly string[]} names
 * @param {(name: string) => boolean} isSet
 */
function isComplete(names, isSet) {
  const missing = names.filter(name => !isSet(name));
  if (missing.length === 0 || missing.length === names.length) return missing.length === 0;
  const there = names.filter(isSet);
  throw new Stop(
    `For signing, ${there.join(', ')} is set, but ${missing.join(', ')} is not: set all, or none.`,
  );
}
