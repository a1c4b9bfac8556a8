import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { AppImageUpdater, type AppUpdater } from 'electron-updater';
import type { AppAdapter } from 'electron-updater/out/AppAdapter';
import { ElectronHttpExecutor } from 'electron-updater/out/electronHttpExecutor';
import { onTestFinished } from 'vitest';
import { leaveApp } from '../../electron/updates/leave-app.ts';
import {
  createPackageUpdater,
  type PackageUpdater,
} from '../../electron/updates/package-updater.ts';
import { releasePage } from '../../electron/updates/release-page.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { quietLog } from '../support/quiet-log.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { program } from './update-server.ts';

/** An AppImage of Earshot as it lies on a disk, with the real updater that runs in it. */
type InstalledCopy = {
  readonly updater: PackageUpdater;
  /** What the file of the app holds now. */
  readonly file: () => string;
  /** Where downloads lie until they are put in place. */
  readonly cache: string;
  /** The version that was started by an installation; null: none was. */
  readonly started: () => string | null;
  /** Ends the app in order. Resolves to what its process did. @param opensAgain to open the new version */
  readonly quit: (opensAgain?: boolean) => Promise<readonly string[]>;
};

type Installation = {
  /** Whether the app may be replaced. */
  readonly installs?: boolean;
  /** Where it looks for newer versions, as electron-builder tells it; left out, a plain server. */
  readonly feed?: string;
};

/** Puts a version of the app on the disk of the test that runs. @param url where it looks for newer ones */
export function installedCopy(
  version: string,
  url: string,
  { installs = true, feed = `provider: generic\nurl: ${url}\n` }: Installation = {},
): InstalledCopy {
  const folder = tempFolder();
  const path = join(folder, 'Earshot.AppImage');
  writeFileSync(path, program(version));
  chmodSync(path, 0o755);
  if (installs) pretendToRunFrom(path);
  const quitters: ((exitCode: number) => void)[] = [];
  const app = adapter(version, folder, feed, quitters);
  const updater = createPackageUpdater(
    () => {
      const engine = new AppImageUpdater(null, app);
      engine.forceDevUpdateConfig = !installs;
      return withoutChromium(engine);
    },
    {
      installs,
      pageOf: newer => releasePage('provider: github\nowner: earshot\nrepo: earshot\n', newer),
      onInstall: () => {},
    },
  );
  const started = join(folder, 'started');
  return {
    updater,
    file: () => readFileSync(path, 'utf8'),
    cache: app.baseCachePath,
    started: () => (existsSync(started) ? readFileSync(started, 'utf8') : null),
    quit: async (opensAgain = false) => {
      const did = await leave(updater, opensAgain);
      for (const quit of quitters) quit(0);
      return did;
    },
  };
}

/** Has an engine send Node's own requests instead of those of Chromium, which is not here. */
export function withoutChromium<Engine extends AppUpdater>(engine: Engine): Engine {
  const httpExecutor = new ElectronHttpExecutor();
  Object.assign(httpExecutor, { createRequest: request });
  return Object.assign(engine, { httpExecutor });
}

/** Has the app leave. Resolves to what its process did, once it would be gone. */
export function leave(updater: PackageUpdater, opensAgain: boolean): Promise<readonly string[]> {
  return new Promise(resolve => {
    const did: string[] = [];
    const end = (word: string): void => {
      did.push(word);
      resolve(did);
    };
    leaveApp({
      updater,
      opensAgain,
      installLimitMs: 1000,
      clock: fakeClock(),
      log: quietLog,
      shell: {
        quit: () => end('quit'),
        exit: () => end('exit'),
        relaunch: () => did.push('relaunch'),
        giveWay: () => did.push('give way'),
      },
    });
  });
}

/** The variable by which an AppImage knows its own file. */
function pretendToRunFrom(path: string): void {
  const before = process.env['APPIMAGE'];
  process.env['APPIMAGE'] = path;
  onTestFinished(() => {
    if (before === undefined) delete process.env['APPIMAGE'];
    else process.env['APPIMAGE'] = before;
  });
}

/** What an engine is told of the app. @param quitters is filled with what it does when the app ends */
export function adapter(
  version: string,
  folder: string,
  feed: string,
  quitters: ((exitCode: number) => void)[] = [],
): AppAdapter {
  const baseCachePath = join(folder, 'cache');
  mkdirSync(baseCachePath);
  const appUpdateConfigPath = join(folder, 'app-update.yml');
  writeFileSync(appUpdateConfigPath, `${feed}updaterCacheDirName: earshot-updater\n`);
  return {
    version,
    name: 'Earshot',
    isPackaged: true,
    appUpdateConfigPath,
    userDataPath: folder,
    baseCachePath,
    whenReady: () => Promise.resolve(),
    relaunch: () => {},
    quit: () => {},
    onQuit: quit => quitters.push(quit),
  };
}
