/** Shell 1: Electron. One instance, one window, closed in order. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BrowserWindow, app as electron } from 'electron/main';
import { type App, createApp } from './app.ts';
import { runningProcesses, takeFaults, tellStartProblem } from './app-faults.ts';
import { APP_ID } from './app-id.ts';
import { SOUND_PROCESS } from './audio/device-link.ts';
import { createSoundPages } from './audio/sound-pages.ts';
import { type Config, readConfig, withEnvFile } from './config.ts';
import type { CallId } from './core/call.ts';
import { Emitter } from './core/emitter.ts';
import { isCallEvent } from './core/events.ts';
import { ProblemError } from './core/problem.ts';
import { Scope } from './core/scope.ts';
import { dataFolder } from './data-folder.ts';
import { createDiagnostics } from './diagnostics/diagnostics.ts';
import { createLogRing, type LogRing, remembered } from './diagnostics/log-ring.ts';
import { programText } from './diagnostics/own-sentences.ts';
import { markRun, type RunMark } from './diagnostics/run-mark.ts';
import { versionsHere } from './diagnostics/versions.ts';
import { eventLine } from './event-line.ts';
import { bridgeWindow } from './ipc/main-bridge.ts';
import { createNumberOffers, type NumberOffers } from './links/offered-number.ts';
import { readTelLink, telLinkAmong } from './links/tel-link.ts';
import { createLog, type Log } from './log.ts';
import { microphoneAccess } from './microphone-access.ts';
import { bringToFront, showNotifications } from './notifications.ts';
import { isPage } from './page-rights.ts';
import { safeSecrets } from './safe-secrets.ts';
import { askWhereToSave } from './save-dialog.ts';
import { systemClock } from './system-clock.ts';
import { leaveApp } from './updates/leave-app.ts';
import { openUpdater } from './updates/open-updater.ts';
import type { PackageUpdater } from './updates/package-updater.ts';
import { userName } from './user-name.ts';
import { utilityHelpers } from './utility-helper.ts';
import { loadPage, openWindow, registerScheme, serveWindowFiles, setMenu } from './window.ts';
import { followPresence } from './window-presence.ts';
import { followSettings } from './window-settings.ts';

/** How long after the window appears the practice line calls. */
const PRACTICE_RING_MS = 2000;

/** How long a clean end may take: with a slow Twilio the number, the calls and the tunnel take their time one after the other. */
const CLOSE_LIMIT_MS = 12_000;

/**
 * How long the system may take to put a new version in place before the old one ends anyway. macOS
 * unpacks and verifies it first.
 */
const INSTALL_LIMIT_MS = process.platform === 'darwin' ? 120_000 : 15_000;

/** The arguments meant for the app: what follows the app's folder. */
function ownArguments(): string[] {
  return process.argv.slice(electron.isPackaged ? 1 : 2);
}

/** What begins before the app does: numbers that links offer, and what helps to find a fault. */
type Early = {
  readonly offers: NumberOffers;
  readonly ring: LogRing;
  readonly mark: RunMark;
  readonly faults: ReturnType<typeof takeFaults>;
};

async function start(config: Config, dataDir: string, log: Log, early: Early): Promise<void> {
  const { offers, ring, mark, faults } = early;
  setMenu();
  serveWindowFiles(join(__dirname, '..', 'renderer'));
  const soundPages = createSoundPages();
  const helpers = utilityHelpers(__dirname);
  let opensAgain = false;
  const updater = openUpdater({
    isPackaged: electron.isPackaged,
    resourcesPath: process.resourcesPath,
    onInstall: () => {
      opensAgain = true;
      electron.quit();
    },
  });
  const diagnostics = createDiagnostics({
    clock: systemClock,
    ring,
    versions: versionsHere(electron.getVersion()),
    processes: runningProcesses,
    before: mark.before,
    program: () => programText(__dirname),
  });
  const app = await createApp({
    config,
    helpers,
    dataDir,
    clock: systemClock,
    log,
    sound: {
      launch: helpers(SOUND_PROCESS),
      pages: soundPages,
      microphoneAccess: microphoneAccess(),
    },
    userName: userName(),
    secrets: safeSecrets(),
    // The window does not show messages yet: they go where they went before.
    takesMessages: false,
    updater,
    diagnostics,
    onShutDown: () => electron.quit(),
  });
  offers.limit(() => app.state().settings.openTelLinks);
  const window = openWindow(join(__dirname, '..', 'preload', 'preload.cjs'), electron.getVersion());
  const scope = new Scope(error => log.error({ err: error }, 'closing failed'));
  scope.add(() => app.close());
  const toShow = new Emitter<CallId>(error => log.error({ err: error }, 'a listener failed'));
  const bridge = bridgeWindow(app, window.webContents, {
    isTrusted: isPage,
    clock: systemClock,
    log,
    saveAs: name => askWhereToSave(window, name),
    onSoundPage: page => soundPages.join(page),
    toShow,
    followOffers: offers.follow,
  });
  scope.add(() => bridge.close());
  const { steps } = app;
  const onOpen = (callId: CallId): void => toShow.emit(callId);
  scope.add(showNotifications({ steps, window, clock: systemClock, log, onOpen }));
  scope.add(() => savePicture(window, config.picturePath));
  const end = (): void => leave(updater, window, log, opensAgain);
  closeInOrder(scope, window, mark, () => faults.leave(window, end));
  followSettings(app, window, log);
  faults.follow(app, diagnostics, window);
  followPresence(app, window);
  window.on('session-end', () => mark.end());
  if (config.printEvents) {
    app.steps.on(({ event, after }) => {
      if (isCallEvent(event)) process.stdout.write(`${eventLine(event, after)}\n`);
    });
  }
  await loadPage(window);
  await app.open();
  systemClock.after(PRACTICE_RING_MS, () => void firstCall(app, config));
}

/** The call a fresh start brings: the one asked for on the command line, or a practice caller. */
async function firstCall(app: App, { target }: Config): Promise<void> {
  const { line, settings } = app.state();
  if (target !== null) await app.run({ command: 'dial', to: target });
  else if (line.ringsOnRequest && settings.practiceRing) await app.run({ command: 'ring-me' });
}

/** Ends the process; all is closed by now. @param opensAgain whether a person asked for the new version */
function leave(
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
function closeInOrder(scope: Scope, window: BrowserWindow, mark: RunMark, leave: () => void): void {
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

async function savePicture(window: BrowserWindow, path: string | null): Promise<void> {
  if (path === null || window.isDestroyed()) return;
  const picture = await window.webContents.capturePage();
  await writeFile(path, picture.toPNG());
}

/** Brings the window to the front, once there is one. */
function showWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window !== undefined) bringToFront(window);
}

function run(): void {
  const environment = withEnvFile(process.env, electron.isPackaged ? null : process.cwd());
  const dataDir = dataFolder(environment, process.platform);
  electron.setPath('userData', dataDir);
  electron.setName('Earshot');
  if (process.platform === 'win32') electron.setAppUserModelId(APP_ID);
  if (!electron.requestSingleInstanceLock()) {
    process.stderr.write('Earshot is already open; its window comes to the front.\n');
    electron.quit();
    return;
  }
  const config = readConfig(environment, ownArguments());
  const ring = createLogRing(systemClock);
  const log = remembered(createLog(config.logLevel), ring);
  const mark = markRun(join(dataDir, 'last-run.json'), systemClock, log);
  const faults = takeFaults(mark, log);
  const offers = createNumberOffers();
  offers.offer(telLinkAmong(ownArguments()));
  // macOS hands links over by this event, the first one before the app is ready.
  electron.on('open-url', (event, link) => {
    event.preventDefault();
    offers.offer(readTelLink(link));
    showWindow();
  });
  // Elsewhere a second start hands them over, which may come while the first one is still under way.
  electron.on('second-instance', (_event, words) => {
    offers.offer(telLinkAmong(words));
    showWindow();
  });
  registerScheme();
  electron.on('window-all-closed', () => electron.quit());
  electron
    .whenReady()
    .then(() => start(config, dataDir, log, { offers, ring, mark, faults }))
    .catch(async (error: unknown) => {
      log.error({ err: error }, 'Earshot could not start');
      // What was foreseen is no broken run: it is told here.
      if (!(error instanceof ProblemError)) mark.stay();
      await tellStartProblem(error);
      electron.exit(1);
    });
}

try {
  run();
} catch (error) {
  const text =
    error instanceof ProblemError
      ? `${error.problem.message} ${error.problem.remedy}`
      : String(error instanceof Error ? error.stack : error);
  process.stderr.write(`${text}\n`);
  void tellStartProblem(error).finally(() => electron.exit(1));
}
