import type { Clock } from '../core/clock.ts';
import type { Log } from '../log.ts';
import type { PackageUpdater } from './package-updater.ts';

/** How long the process may live on once a new version is in place. */
const END_LIMIT_MS = 15_000;

type Leaving = {
  readonly updater: PackageUpdater | null;
  /** Whether the app is opened again: the new version, or this one if the new one is refused. */
  readonly opensAgain: boolean;
  /** How long the system may take to put a new version in place before this one ends anyway. */
  readonly installLimitMs: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly shell: Shell;
};

/** How a process ends. */
type Shell = {
  /** Ends it. */
  readonly quit: () => void;
  /** Ends it at once, whatever is still open. */
  readonly exit: () => void;
  /** Has this version opened again after the end. */
  readonly relaunch: () => void;
  /** Takes it out of sight of the person and of the new version. */
  readonly giveWay: () => void;
};

/** The last step of the app: puts a new version in place where one lies ready, and ends the process. */
export function leaveApp(leaving: Leaving): void {
  const { updater, opensAgain, installLimitMs, clock, log, shell } = leaving;
  if (updater === null || !(opensAgain || updater.installsOnQuit())) {
    shell.quit();
    return;
  }
  const giveUp = (): void => {
    if (opensAgain) shell.relaunch();
    shell.exit();
  };
  shell.giveWay();
  const cancel = clock.after(installLimitMs, giveUp);
  updater.installNow(opensAgain).then(
    () => {
      cancel();
      clock.after(END_LIMIT_MS, shell.exit);
      shell.quit();
    },
    (error: unknown) => {
      cancel();
      log.warn({ err: error }, 'a new version was not put in place');
      giveUp();
    },
  );
}
