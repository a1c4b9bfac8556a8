import { type BrowserWindow, app as electron } from 'electron/main';
import type { Scope } from '../core/scope.ts';
import type { RunMark } from '../diagnostics/run-mark.ts';
import type { Log } from '../log.ts';
import { systemClock } from '../system-clock.ts';
import { leaveApp } from '../updates/leave-app.ts';
import type { PackageUpdater } from '../updates/package-updater.ts';

/** How long a clean end may take: with a slow Twilio the number, the calls and the tunnel take their time one after the other. */
export const CLOSE_LIMIT_MS = 12_000;

/**
 * How long the system may take to put a new version in place before the old one ends anyway. macOS
 * unpacks and verifies it first.
 */
const INSTALL_LIMIT_MS = process.platform === 'darwin' ? 120_000 : 15_000;

/** Ends the process; all is closed by now. @param opensAgain whether a person asked for the new version */
export function leave(
  updater: PackageUpdater | null,
  window: BrowserWindow,
  log: Log,
  opensAgain: boolean,
): void {
  const file = process.env['APPIMAGE'];
  leaveApp({
    updater,
    opensAgain,
    installLimitMs: INSTALL_LIMIT_MS,
    clock: systemClock,
    log,
    shell: {
      quit: () => electron.quit(),
      exit: () => electron.exit(0),
      // What runs of an AppImage is gone with the process; only one of our own gets so far.
      relaunch: () => electron.relaunch(file === undefined ? {} : { execPath: file }),
      giveWay: () => {
        if (opensAgain) electron.releaseSingleInstanceLock();
        // macOS closes the window before it opens the new version, and ends the process itself.
        electron.removeAllListeners('window-all-closed').on('window-all-closed', () => {});
        if (!window.isDestroyed()) window.hide();
      },
    },
  });
}

/**
 * Ends calls and closes everything before the process goes, once, and not for longer than allowed.
 * @param mark stays when closing hangs: that is no end in order
 * @param leave ends the process once all is closed
 */
export function closeInOrder(
  scope: Scope,
  window: BrowserWindow,
  mark: RunMark,
  leave: () => void,
): void {
  let closed = false;
  electron.on('before-quit', event => {
    if (closed) return;
    event.preventDefault();
    const finish = (): void => {
      if (closed) return;
      closed = true;
      leave();
    };
    const cancel = systemClock.after(CLOSE_LIMIT_MS, () => {
      mark.stay();
      finish();
    });
    void scope.close().then(() => {
      cancel();
      finish();
    });
  });
  window.on('close', event => {
    if (closed) return;
    event.preventDefault();
    electron.quit();
  });
  process.on('SIGINT', () => electron.quit());
  process.on('SIGTERM', () => electron.quit());
  process.on('SIGHUP', () => electron.quit());
  process.stdout.on('error', () => {});
}
