import { type AppUpdater, CancellationToken } from 'electron-updater';
import { z } from 'zod';
import type { Release, UpdateChannel } from '../core/updates.ts';
import { plainNotes } from './plain-notes.ts';
import type { Updater } from './updater.ts';

/** What a feed says of a version. Its notes are foreign content of any shape. */
const offerSchema = z.object({
  version: z
    .string()
    .max(64)
    .regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/),
  releaseNotes: z.unknown().optional(),
});

/** The names electron-builder gives to the files of the channels. */
const FEEDS = { stable: 'latest', beta: 'beta' } as const satisfies Record<UpdateChannel, string>;

type PackageUpdaterOptions = {
  /** Whether this copy can be replaced; otherwise newer versions are only found. */
  readonly installs: boolean;
  /** Where a person reads about a version; null when that is not known. */
  readonly pageOf: (version: string) => string | null;
  /** Asks the app to end; whatever closes last calls `installNow`. */
  readonly onInstall: () => void;
};

/** An updater whose last step is taken by whoever closes the app. */
export type PackageUpdater = Updater & {
  /** Ends the process, puts in place what lies ready, and opens it. All else is closed by now. */
  readonly installNow: () => void;
};

/**
 * Updates by electron-updater: from a feed of versions, verified by the SHA-512 that the feed names.
 * Whether a package is signed as this copy is, is for Windows and macOS to say; they are asked by
 * electron-updater and by the system's own installer.
 * Source: https://www.electron.build/auto-update
 */
export function createPackageUpdater(
  engine: AppUpdater,
  { installs, pageOf, onInstall }: PackageUpdaterOptions,
): PackageUpdater {
  engine.logger = null;
  engine.autoDownload = false;
  engine.autoInstallOnAppQuit = false;
  engine.disableWebInstaller = true;
  // Otherwise each request names this installation by a number of its own.
  engine.requestHeaders = { 'x-user-staging-id': 'not-told' };
  // What fails is told by the promises; an error nobody listens for would end the app.
  engine.on('error', () => {});
  return {
    installs,
    find: async channel => {
      engine.channel = FEEDS[channel];
      engine.allowPrerelease = channel === 'beta';
      // Naming a channel allows older versions, which nobody asked for.
      engine.allowDowngrade = false;
      const result = await engine.checkForUpdates();
      if (result === null || !result.isUpdateAvailable) return null;
      return releaseIn(result.updateInfo, channel, pageOf);
    },
    fetch: async (onProgress, signal) => {
      const token = new CancellationToken();
      const giveUp = (): void => token.cancel();
      const follow = ({ transferred, total }: { transferred: number; total: number }): void =>
        onProgress(transferred, total);
      engine.on('download-progress', follow);
      signal.addEventListener('abort', giveUp);
      try {
        await engine.downloadUpdate(token);
      } finally {
        signal.removeEventListener('abort', giveUp);
        engine.off('download-progress', follow);
      }
    },
    installOnQuit: on => {
      engine.autoInstallOnAppQuit = on;
    },
    install: onInstall,
    installNow: () => engine.quitAndInstall(true, true),
  };
}

/** The version a feed offers; null on the stable channel for one that is still being tried. */
function releaseIn(
  foreign: unknown,
  channel: UpdateChannel,
  pageOf: (version: string) => string | null,
): Release | null {
  const { version, releaseNotes } = offerSchema.parse(foreign);
  if (channel === 'stable' && version.includes('-')) return null;
  return { version, notes: plainNotes(releaseNotes), link: pageOf(version) };
}
