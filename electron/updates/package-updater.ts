import { existsSync } from 'node:fs';
import { type AppUpdater, BaseUpdater, CancellationToken } from 'electron-updater';
import { askFeed } from './release-feed.ts';
import type { Updater } from './updater.ts';

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
  /** Whether something lies ready that is to be put in place when the app ends. */
  readonly installsOnQuit: () => boolean;
  /**
   * Puts in place what lies ready; all else is closed by now. Resolves once the process may end, if it
   * is not ended first: macOS does that itself. Rejects when the system refuses what lies ready.
   * @param opens whether the new version is opened
   */
  readonly installNow: (opens: boolean) => Promise<void>;
};

/** A version that was verified, and who keeps it. */
type Ready = { readonly engine: AppUpdater; readonly files: readonly string[] };

/**
 * Updates by electron-updater: from a feed of versions, verified by the SHA-512 that the feed names.
 * Whether a package is signed as this copy is, is for Windows and macOS to say; they are asked by
 * electron-updater and by the system's own installer.
 * Source: https://www.electron.build/auto-update
 * @param openEngine makes what does it; another one follows when one hangs
 */
export function createPackageUpdater(
  openEngine: () => AppUpdater,
  { installs, pageOf, onInstall }: PackageUpdaterOptions,
): PackageUpdater {
  let seeker: AppUpdater | null = null;
  let ready: Ready | null = null;
  let isWanted = false;
  return {
    installs,
    find: async (channel, signal) => {
      seeker ??= quiet(openEngine());
      const asked = seeker;
      const answer = await unlessGivenUp(askFeed(asked, channel), signal, () => {
        // It gives the answer that never comes to whoever asks again.
        if (seeker === asked) seeker = null;
      });
      return answer === null ? null : { ...answer, link: pageOf(answer.version) };
    },
    fetch: async (onProgress, signal) => {
      if (seeker === null) throw new Error('nothing was found to be fetched');
      const engine = seeker;
      // Its file is thrown away as soon as another one is fetched.
      ready = null;
      const token = new CancellationToken();
      const giveUp = (): void => token.cancel();
      const follow = ({ transferred, total }: { transferred: number; total: number }): void =>
        onProgress(transferred, total);
      engine.on('download-progress', follow);
      signal.addEventListener('abort', giveUp);
      try {
        const files = await engine.downloadUpdate(token);
        ready = { engine, files };
      } finally {
        signal.removeEventListener('abort', giveUp);
        engine.off('download-progress', follow);
      }
    },
    installOnQuit: on => {
      isWanted = on;
    },
    installsOnQuit: () => isWanted && ready !== null,
    install: onInstall,
    installNow: async opens => {
      if (ready === null || !isWanted) throw new Error('nothing lies ready');
      const { engine, files } = ready;
      // An AppImage would be removed before its successor is missed.
      if (!files.every(file => existsSync(file))) throw new Error('what lay ready is gone');
      await putInPlace(engine, opens);
    },
  };
}

/** Sets an engine up to do nothing by itself. */
function quiet(engine: AppUpdater): AppUpdater {
  engine.logger = null;
  engine.autoDownload = false;
  // Left to itself it hands the package to the system of a Mac at once, which cannot be taken back,
  // and elsewhere it replaces the app by what may be gone. Whoever closes the app does it instead.
  engine.autoInstallOnAppQuit = false;
  engine.disableWebInstaller = true;
  // Downloads by parts cannot be given up.
  engine.disableDifferentialDownload = true;
  // Otherwise each request names this installation by a number of its own.
  engine.requestHeaders = { 'x-user-staging-id': 'not-told' };
  // What fails is told by the promises; an error nobody listens for would end the app.
  engine.on('error', () => {});
  return engine;
}

/** macOS verifies and unpacks first, then ends the app; elsewhere an installer waits for its end. */
function putInPlace(engine: AppUpdater, opens: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    engine.once('error', reject);
    if (!(engine instanceof BaseUpdater)) {
      engine.autoRunAppAfterInstall = opens;
      engine.quitAndInstall();
    } else if (engine.install(true, opens)) resolve();
    else reject(new Error('the installer did not start'));
  });
}

/** What work brings, unless it is given up first. */
function unlessGivenUp<Answer>(
  work: Promise<Answer>,
  signal: AbortSignal,
  onGivenUp: () => void,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      onGivenUp();
      reject(signal.reason);
    };
    signal.addEventListener('abort', giveUp);
    work.finally(() => signal.removeEventListener('abort', giveUp)).then(resolve, reject);
  });
}
