// What a package of Earshot is on each system. `npm run package` stages the app, then hands it to electron-builder with this.
import { join } from 'node:path';
import { projectFolder } from './child.mjs';
import { fuses } from './package/fuses.mjs';

const own = join(projectFolder, 'build', 'package');

/** Where the app is laid out before it is packed. */
const stagedFolder = join(projectFolder, 'dist', 'app');

/** Certificates come from the environment only; without them nothing is signed. */
const env = process.env;
const signsForApple = Boolean(env['CSC_LINK'] || env['CSC_NAME']);
const notarises = signsForApple && Boolean(env['APPLE_API_KEY'] || env['APPLE_ID']);
const azure = {
  publisherName: env['AZURE_PUBLISHER_NAME'] ?? '',
  endpoint: env['AZURE_SIGNING_ENDPOINT'] ?? '',
  codeSigningAccountName: env['AZURE_SIGNING_ACCOUNT'] ?? '',
  certificateProfileName: env['AZURE_SIGNING_PROFILE'] ?? '',
};

/** The repository whose releases hold the updates; a package made elsewhere does not look for any. */
const [owner, repo] = (env['GITHUB_REPOSITORY'] ?? '').split('/');

/** What Linux shows in its menus, and what it opens with Earshot. */
export const desktopEntry = /** @type {const} */ ({
  Name: 'Earshot',
  Comment: 'A desktop console for live phone calls',
  Categories: 'Network;Telephony;',
  Keywords: 'call;phone;telephone;Twilio;',
  StartupWMClass: 'Earshot',
  MimeType: 'x-scheme-handler/tel;',
});

/** @type {import('electron-builder').Configuration} */
export const configuration = {
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
    resetAdHocDarwinSignature: process.platform === 'darwin' && !signsForApple,
  },
  protocols: [{ name: 'Phone number', schemes: ['tel'], role: 'Viewer' }],
  publish: owner && repo ? { provider: 'github', owner, repo } : null,
  // A stable version is news to those on the beta channel too.
  generateUpdatesFilesForAllChannels: true,
  mac: {
    target: ['dmg', 'zip'],
    category: 'public.app-category.business',
    icon: join(own, 'icon', 'icon.icns'),
    hardenedRuntime: true,
    gatekeeperAssess: false,
    entitlements: join(own, 'entitlements.plist'),
    // Its helper processes open the microphone and the recogniser.
    entitlementsInherit: join(own, 'entitlements.plist'),
    notarize: notarises,
    extendInfo: {
      NSMicrophoneUsageDescription: 'Earshot sends your voice into the calls that you speak on.',
    },
  },
  dmg: { writeUpdateInfo: false },
  win: {
    target: ['nsis'],
    icon: join(own, 'icon', 'icon.ico'),
    ...(azure.codeSigningAccountName ? { azureSignOptions: azure } : {}),
  },
  nsis: {
    oneClick: true,
    perMachine: false,
    allowElevation: false,
    deleteAppDataOnUninstall: false,
  },
  linux: {
    executableName: 'earshot',
    icon: join(own, 'icon', 'sizes'),
    category: 'Network',
    desktop: { entry: desktopEntry },
  },
};
