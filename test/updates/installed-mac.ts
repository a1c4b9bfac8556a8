import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { MacUpdater } from 'electron-updater';
import { onTestFinished } from 'vitest';
import {
  createPackageUpdater,
  type PackageUpdater,
} from '../../electron/updates/package-updater.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { adapter, withoutChromium } from './installed-copy.ts';

const require = createRequire(import.meta.url);

/** The app of a Mac with the real updater that runs in it, and what stands for the updater of macOS. */
type InstalledMac = {
  readonly updater: PackageUpdater;
  /** What was done at the end of the app, in order. */
  readonly did: readonly string[];
};

/** Installs a version for the test that runs. @param refuses whether macOS finds the new one badly signed */
export function installedMac(version: string, url: string, refuses = false): InstalledMac {
  const did: string[] = [];
  const native = systemUpdater(did, refuses);
  withElectron({ autoUpdater: native });
  const feed = `provider: generic\nurl: ${url}\n`;
  const app = {
    ...adapter(version, tempFolder(), feed),
    quit: () => did.push('end'),
  };
  const options = { installs: true, pageOf: () => null, onInstall: () => {} };
  const updater = createPackageUpdater(
    () => withoutChromium(new MacUpdater(undefined, app)),
    options,
  );
  return { updater, did };
}

/**
 * What Electron offers of Squirrel.Mac: it fetches a package from a feed, verifies and keeps it, and
 * replaces the app once that has ended. Source: Electron documentation, "autoUpdater".
 */
function systemUpdater(did: string[], refuses: boolean): EventEmitter {
  const native = new EventEmitter();
  let feed = { url: '', headers: {} };
  const check = async (): Promise<void> => {
    const answer = await fetch(feed.url, { headers: feed.headers });
    const { url } = JSON.parse(await answer.text());
    const taken = await (await fetch(url)).text();
    did.push(`took ${/%s (\S+)/.exec(taken)?.[1]}`);
    if (refuses) native.emit('error', new Error('code signature did not pass validation'));
    else native.emit('update-downloaded');
  };
  return Object.assign(native, {
    setFeedURL: (next: typeof feed) => {
      feed = next;
    },
    checkForUpdates: () => void check(),
    quitAndInstall: () => did.push('end and open'),
  });
}

/** Lets what asks for Electron have this instead, for the test that runs. */
function withElectron(exports: object): void {
  const path = require.resolve('electron');
  const before = require.cache[path];
  require.cache[path] = Object.assign(Object.create(null), { id: path, loaded: true, exports });
  onTestFinished(() => {
    if (before === undefined) delete require.cache[path];
    else require.cache[path] = before;
  });
}
