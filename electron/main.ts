/** Shell 1: Electron. One instance, one window, closed in order. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type BrowserWindow,
  dialog,
  app as electron,
  powerMonitor,
  systemPreferences,
} from 'electron/main';
import { type App, createApp } from './app.ts';
import { SOUND_PROCESS } from './audio/device-link.ts';
import type { MicrophoneAccess } from './audio/microphone-permission.ts';
import { createSoundPages } from './audio/sound-pages.ts';
import { type Config, readConfig, withEnvFile } from './config.ts';
import type { CallId } from './core/call.ts';
import { Emitter } from './core/emitter.ts';
import { isCallEvent } from './core/events.ts';
import { ProblemError } from './core/problem.ts';
import { Scope } from './core/scope.ts';
import { dataFolder } from './data-folder.ts';
import { eventLine } from './event-line.ts';
import { bridgeWindow } from './ipc/main-bridge.ts';
import { createLog, type Log } from './log.ts';
import { bringToFront, showNotifications } from './notifications.ts';
import { safeSecrets } from './safe-secrets.ts';
import { systemClock } from './system-clock.ts';
import { userName } from './user-name.ts';
import { utilityHelpers } from './utility-helper.ts';
import {
  followTheme,
  isOwnPage,
  loadPage,
  openWindow,
  registerScheme,
  serveWindowFiles,
  setMenu,
} from './window.ts';

/** How long after the window appears the practice line calls. */
const PRACTICE_RING_MS = 2000;

/** How long a clean end may take: with a slow Twilio the number, the calls and the tunnel take their time one after the other. */
const CLOSE_LIMIT_MS = 12_000;

/** The arguments meant for the app: what follows the app's folder. */
function ownArguments(): string[] {
  return process.argv.slice(electron.isPackaged ? 1 : 2);
}

async function start(config: Config, dataDir: string, log: Log): Promise<void> {
  setMenu();
  serveWindowFiles(join(__dirname, '..', 'renderer'));
  const soundPages = createSoundPages();
  const helpers = utilityHelpers(__dirname);
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
    onShutDown: () => electron.quit(),
  });
  const window = openWindow(join(__dirname, '..', 'preload', 'preload.cjs'), electron.getVersion());
  const scope = new Scope(error => log.error({ err: error }, 'closing failed'));
  scope.add(() => app.close());
  const toShow = new Emitter<CallId>(error => log.error({ err: error }, 'a listener failed'));
  const bridge = bridgeWindow(app, window.webContents, {
    isTrusted: isOwnPage,
    clock: systemClock,
    log,
    saveAs: name => askWhereToSave(window, name),
    onSoundPage: page => soundPages.join(page),
    toShow,
  });
  scope.add(() => bridge.close());
  const { steps } = app;
  const onOpen = (callId: CallId): void => toShow.emit(callId);
  scope.add(showNotifications({ steps, window, clock: systemClock, log, onOpen }));
  scope.add(() => savePicture(window, config.picturePath));
  closeInOrder(scope, window);
  followSettings(app, window);
  followPresence(app, window);
  electron.on('second-instance', () => bringToFront(window));
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

function followSettings(app: App, window: BrowserWindow): void {
  followTheme(window, app.state().settings.theme);
  app.steps.on(({ before, after }) => {
    if (before.settings.theme !== after.settings.theme) followTheme(window, after.settings.theme);
  });
}

/** Where nobody may be at the desk, calls of others are only heard. Linux tells no locking. */
function followPresence(app: App, window: BrowserWindow): void {
  powerMonitor.on('suspend', () => app.stepBack('sleep'));
  powerMonitor.on('lock-screen', () => app.stepBack('lock'));
  window.webContents.on('render-process-gone', () => app.stepBack('window'));
  const look = (): void => app.watched(window.isVisible() && !window.isMinimized());
  window.on('show', look);
  window.on('hide', look);
  window.on('minimize', look);
  window.on('restore', look);
  look();
}

/** Ends calls and closes everything before the process goes, once, and not for longer than allowed. */
function closeInOrder(scope: Scope, window: BrowserWindow): void {
  let closed = false;
  electron.on('before-quit', event => {
    if (closed) return;
    event.preventDefault();
    const finish = (): void => {
      closed = true;
      electron.quit();
    };
    const cancel = systemClock.after(CLOSE_LIMIT_MS, finish);
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

/** Asks with the system's own sheet where to save a file. Resolves to null when it is put away. */
async function askWhereToSave(window: BrowserWindow, name: string): Promise<string | null> {
  const folder = electron.getPath('downloads');
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    // A name may hold what a path must not.
    defaultPath: join(folder, name.replace(/[\\/:*?"<>|]/g, '-')),
  });
  return canceled || filePath === '' ? null : filePath;
}

/** macOS asks the person for the microphone once; other systems ask nobody. */
function microphoneAccess(): MicrophoneAccess | null {
  if (process.platform !== 'darwin') return null;
  return {
    status: () => {
      const status = systemPreferences.getMediaAccessStatus('microphone');
      if (status === 'granted') return 'granted';
      return status === 'denied' || status === 'restricted' ? 'denied' : 'unknown';
    },
    ask: () => systemPreferences.askForMediaAccess('microphone'),
  };
}

async function savePicture(window: BrowserWindow, path: string | null): Promise<void> {
  if (path === null || window.isDestroyed()) return;
  const picture = await window.webContents.capturePage();
  await writeFile(path, picture.toPNG());
}

function run(): void {
  const environment = withEnvFile(process.env, process.cwd());
  const dataDir = dataFolder(environment, process.platform);
  electron.setPath('userData', dataDir);
  electron.setName('Earshot');
  if (!electron.requestSingleInstanceLock()) {
    process.stderr.write('Earshot is already open; its window comes to the front.\n');
    electron.quit();
    return;
  }
  const config = readConfig(environment, ownArguments());
  const log = createLog(config.logLevel);
  registerScheme();
  electron.on('window-all-closed', () => electron.quit());
  electron
    .whenReady()
    .then(() => start(config, dataDir, log))
    .catch((error: unknown) => {
      log.error({ err: error }, 'Earshot could not start');
      if (error instanceof ProblemError) {
        dialog.showErrorBox(error.problem.message, error.problem.remedy);
      }
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
  electron.exit(1);
}
