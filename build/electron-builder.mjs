// What a package of Earshot is on each system. `npm run package` stages the app, then hands it to electron-builder with this.
import { join } from 'node:path';
import { projectFolder } from './child.mjs';
import { fuses } from './package/fuses.mjs';

const own = join(projectFolder, 'build', 'package');

/** Where the app is laid out before it is packed. */
const stagedFolder = join(projectFolder, 'dist', 'app');

/** What Linux shows in its menus, and what it opens with Earshot. */
export const desktopEntry = /** @type {const} */ ({
  Name: 'Earshot',
  Comment: 'A desktop console for live phone calls',
  Categories: 'Network;Telephony;',
  Keywords: 'call;phone;telephone;Twilio;',
  StartupWMClass: 'Earshot',
  MimeType: 'x-scheme-handler/tel;',
});

/**
 * What electron-builder is told. Certificates come from the environment only, never from a keychain
 * that happens to be there.
 * @param {import('./package/signing.mjs').Signing} signing
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {import('electron-builder').Configuration}
 */
export function packageConfiguration(signing, environment = process.env) {
  const isSigned = signing.by !== undefined;
  return {
    appId: 'app.earshot.desk',
    productName: 'Earshot',
    copyright: 'The Earshot authors, MIT licence',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills it in
    artifactName: '${productName}-${version}-${os}-${arch}.${ext}',
    directories: { app: stagedFolder, output: join(projectFolder, 'dist'), buildResources: own },
    // Left to itself it passes over node_modules, which holds the native parts alone.
    files: ['**/*', { from: 'node_modules', to: 'node_modules', filter: ['**/*'] }],
    // The staged folder is the whole app: nothing is looked up, installed or compiled again. To say
    // so with `npmRebuild: false` as well would end the question before it is asked.
    beforeBuild: async () => false,
    asar: { smartUnpack: false },
    asarUnpack: ['**/*.node', '**/*.dll', '**/*.dylib', '**/*.so', '**/*.so.*'],
    electronLanguages: ['en-US'],
    electronFuses: {
      ...fuses,
      // Changing the executable breaks the signature that Apple silicon wants even of unsigned apps.
      resetAdHocDarwinSignature: process.platform === 'darwin' && !isSigned,
    },
    protocols: [{ name: 'Phone number', schemes: ['tel'], role: 'Viewer' }],
    publish: publisher(environment['GITHUB_REPOSITORY']),
    mac: {
      target: ['dmg', 'zip'],
      category: 'public.app-category.business',
      icon: join(own, 'icon', 'icon.icns'),
      hardenedRuntime: true,
      gatekeeperAssess: false,
      entitlements: join(own, 'entitlements.plist'),
      // Its helper processes open the microphone and the recogniser.
      entitlementsInherit: join(own, 'entitlements.plist'),
      ...(isSigned ? {} : { identity: null }),
      notarize: signing.notarises,
      extendInfo: {
        NSMicrophoneUsageDescription: 'Earshot sends your voice into the calls that you speak on.',
      },
    },
    dmg: { writeUpdateInfo: false },
    win: {
      target: ['nsis'],
      icon: join(own, 'icon', 'icon.ico'),
      ...(signing.by === 'azure' ? { azureSignOptions: azureOptions(environment) } : {}),
    },
    // The first one wants FUSE 2 on the computer, and its menu entry always switches Chromium's sandbox off.
    toolsets: { appimage: '1.0.3' },
    nsis: {
      oneClick: true,
      perMachine: false,
      deleteAppDataOnUninstall: false,
    },
    linux: {
      executableName: 'earshot',
      icon: join(own, 'icon', 'sizes'),
      category: 'Network',
      desktop: { entry: desktopEntry },
    },
  };
}

/**
 * The repository whose releases hold the updates; a package made elsewhere does not look for any.
 * @param {string | undefined} repository `owner/name`
 */
function publisher(repository) {
  const [owner, repo] = (repository ?? '').split('/');
  return owner && repo ? { provider: /** @type {const} */ ('github'), owner, repo } : null;
}

/** @param {NodeJS.ProcessEnv} environment */
function azureOptions(environment) {
  return {
    publisherName: environment['AZURE_PUBLISHER_NAME'] ?? '',
    endpoint: environment['AZURE_SIGNING_ENDPOINT'] ?? '',
    codeSigningAccountName: environment['AZURE_SIGNING_ACCOUNT'] ?? '',
    certificateProfileName: environment['AZURE_SIGNING_PROFILE'] ?? '',
  };
}
