import { accessSync, constants, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppImageUpdater, type AppUpdater, MacUpdater, NsisUpdater } from 'electron-updater';
import { isSignedPackage, replacesItself } from './own-package.ts';
import { createPackageUpdater, type PackageUpdater } from './package-updater.ts';
import { releasePage } from './release-page.ts';

type OwnShell = {
  /** Whether the app runs from a package. */
  readonly isPackaged: boolean;
  /** Where the package's own files lie. */
  readonly resourcesPath: string;
  /** Asks the app to end; whatever closes last calls `installNow`. */
  readonly onInstall: () => void;
};

/** The updater of this copy; null where it does not know a feed, as when it runs from its sources. */
export function openUpdater({
  isPackaged,
  resourcesPath,
  onInstall,
}: OwnShell): PackageUpdater | null {
  const feedPath = join(resourcesPath, 'app-update.yml');
  const feed = isPackaged ? textOf(feedPath) : null;
  if (feed === null) return null;
  const installs = replacesItself({
    platform: process.platform,
    isPackaged,
    isSigned: isSignedPackage(textOf(join(resourcesPath, 'app.asar', 'package.json'))),
    execPath: process.execPath,
    environment: process.env,
    isWritable,
  });
  const openEngine = (): AppUpdater => {
    const engine = engineOf(process.platform);
    // Where nothing is replaced, the feed is read all the same.
    engine.forceDevUpdateConfig = !installs;
    engine.updateConfigPath = feedPath;
    return engine;
  };
  return createPackageUpdater(openEngine, {
    installs,
    pageOf: version => releasePage(feed, version),
    onInstall,
  });
}

function engineOf(platform: NodeJS.Platform): AppUpdater {
  if (platform === 'win32') return new NsisUpdater();
  return platform === 'darwin' ? new MacUpdater() : new AppImageUpdater();
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** A file is replaced by another in its folder. */
function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    accessSync(dirname(path), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
