/** Shell 1: Electron. One instance, one window, closed in order. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BrowserWindow, app as electron } from 'electron/main';
import { type App, createApp } from './app.ts';
import { SOUND_PROCESS } from './audio/device-link.ts';
import { createSoundPages } from './audio/sound-pages.ts';
import { type Config, readConfig, withEnvFile } from './config.ts';
import type { CallId } from './core/call.ts';
import { within } from './core/clock.ts';
import { Emitter } from './core/emitter.ts';
import { isCallEvent } from './core/events.ts';
import { ProblemError } from './core/problem.ts';
import { Scope } from './core/scope.ts';
import { openDataFolder } from './data-folder.ts';
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
import { APP_ID } from './shell/app-id.ts';
import { CLOSE_LIMIT_MS, closeInOrder, leave } from './shell/closing.ts';
import { runningProcesses, takeFaults, tellStartProblem } from './shell/faults.ts';
import { microphoneAccess } from './shell/microphone-access.ts';
import { bringToFront, showNotifications } from './shell/notifications.ts';
import { isPage } from './shell/page-rights.ts';
import { safeSecrets } from './shell/safe-secrets.ts';
import { askWhereToSave } from './shell/save-dialog.ts';
import { utilityHelpers } from './shell/utility-helper.ts';
import { loadPage, openWindow, registerScheme, serveWindowFiles, setMenu } from './shell/window.ts';
import { followPresence } from './shell/window-presence.ts';
import { followSettings } from './shell/window-settings.ts';
import { startFailure } from './start-failure.ts';
import { systemClock } from './system-clock.ts';
import { openUpdater } from './updates/open-updater.ts';
import { userName } from './user-name.ts';

/** How long after the window appears the practice line calls. */
const PRACTICE_RING_MS = 2000;

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
  const scope = new Scope(error => log.error({ err: error }, 'closing failed'));
  scope.add(() => app.close());
  try {
    const window = openWindow(
      join(__dirname, '..', 'preload', 'preload.cjs'),
      electron.getVersion(),
    );
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
  } catch (error) {
    // What was opened is closed: calls are hung up, the number is given back.
    await within(systemClock, CLOSE_LIMIT_MS, scope.close());
    throw error;
  }
  systemClock.after(PRACTICE_RING_MS, () => void firstCall(app, config));
}

/** The call a fresh start brings: the one asked for on the command line, or a practice caller. */
async function firstCall(app: App, { target }: Config): Promise<void> {
  const { line, settings } = app.state();
  if (target !== null) await app.run({ command: 'dial', to: target });
  else if (line.ringsOnRequest && settings.practiceRing) await app.run({ command: 'ring-me' });
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
  const dataDir = openDataFolder(environment, process.platform);
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
      process.stderr.write(startFailure(error));
      // What was foreseen is no broken run: it is told here.
      if (!(error instanceof ProblemError)) mark.stay();
      await tellStartProblem(error);
      electron.exit(1);
    });
}

try {
  run();
} catch (error) {
  process.stderr.write(startFailure(error));
  void tellStartProblem(error).finally(() => electron.exit(1));
}
