import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { AppImageUpdater } from 'electron-updater';
import type { AppAdapter } from 'electron-updater/out/AppAdapter';
import { ElectronHttpExecutor } from 'electron-updater/out/electronHttpExecutor';
import { onTestFinished } from 'vitest';
import {
  createPackageUpdater,
  type PackageUpdater,
} from '../../electron/updates/package-updater.ts';
import { releasePage } from '../../electron/updates/release-page.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { program } from './update-server.ts';

/** An AppImage of Earshot as it lies on a disk, with the real updater that runs in it. */
type InstalledCopy = {
  readonly updater: PackageUpdater;
  /** What the file of the app holds now. */
  readonly file: () => string;
  /** The version that was started by an installation; null: none was. */
  readonly started: () => string | null;
  /** Ends the app; what is to be installed on quit is. */
  readonly quit: () => void;
};

/** Puts a version of the app on the disk of the test that runs. @param url where it looks for newer ones */
export function installedCopy(version: string, url: string, installs = true): InstalledCopy {
  const folder = tempFolder();
  const path = join(folder, 'Earshot.AppImage');
  writeFileSync(path, program(version));
  chmodSync(path, 0o755);
  const config = join(folder, 'app-update.yml');
  writeFileSync(config, `provider: generic\nurl: ${url}\nupdaterCacheDirName: earshot-updater\n`);
  if (installs) pretendToRunFrom(path);
  const quitters: ((exitCode: number) => void)[] = [];
  const engine = new AppImageUpdater(null, adapter(version, folder, config, quitters));
  engine.forceDevUpdateConfig = !installs;
  // Node's own requests instead of those of Chromium, which is not here.
  const httpExecutor = new ElectronHttpExecutor();
  Object.assign(httpExecutor, { createRequest: request });
  Object.assign(engine, { httpExecutor });
  const started = join(folder, 'started');
  return {
    updater: createPackageUpdater(engine, {
      installs,
      pageOf: newer => releasePage('provider: github\nowner: earshot\nrepo: earshot\n', newer),
      onInstall: () => {},
    }),
    file: () => readFileSync(path, 'utf8'),
    started: () => (existsSync(started) ? readFileSync(started, 'utf8') : null),
    quit: () => {
      for (const quit of quitters) quit(0);
    },
  };
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

function adapter(
  version: string,
  folder: string,
  appUpdateConfigPath: string,
  quitters: ((exitCode: number) => void)[],
): AppAdapter {
  const baseCachePath = join(folder, 'cache');
  mkdirSync(baseCachePath);
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
