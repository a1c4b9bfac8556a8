import { type BrowserWindow, dialog, app as electron } from 'electron/main';
import type { App } from '../app.ts';
import {
  callsGoOn,
  faultProblem,
  processGone,
  startProblem,
  windowCrashed,
  windowHung,
} from '../core/fault-problems.ts';
import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import { createFaultWatch } from '../diagnostics/fault-watch.ts';
import type { RunMark } from '../diagnostics/run-mark.ts';
import type { Log } from '../log.ts';
import { systemClock } from '../system-clock.ts';
import { createWindowCrash } from './window-crash.ts';

/** What fails in any process of the app, from its first moment on. */
type Faults = {
  /** The app and its window are there: its person is told, also of what failed before. */
  readonly follow: (app: App, diagnostics: Diagnostics, window: BrowserWindow) => void;
  /**
   * The last step once all is closed: after too many faults the person may open the app again.
   * @param leave ends the process in every other case
   */
  readonly leave: (window: BrowserWindow, leave: () => void) => void;
};

/** Helpers of the app have supervisors of their own; the system's name for what they are. */
const HELPER = 'node.mojom.NodeService';

/** Takes what nobody caught, at once: Electron would show it as it is. The next start is told of what ended this one. */
export function takeFaults(mark: RunMark, log: Log): Faults {
  let app: App | null = null;
  let isEarly = false;
  let gaveUp = false;
  const tell = (): void => {
    isEarly = app === null;
    app?.stepBack('fault');
    app?.problem('fault', faultProblem(app.state()));
  };
  const { exception, rejection } = createFaultWatch({
    clock: systemClock,
    log,
    keep: mark.fault,
    onFault: tell,
    onGiveUp: () => {
      gaveUp = true;
      mark.stay();
      if (app === null) void offerAgain();
      else electron.quit();
    },
  });
  process.on('uncaughtException', exception);
  process.on('unhandledRejection', rejection);
  electron.on('quit', mark.end);
  return {
    follow: (running, diagnostics, window) => {
      app = running;
      if (isEarly) tell();
      app.steps.on(diagnostics.follow);
      electron.on('child-process-gone', (_event, { type, reason, serviceName }) => {
        diagnostics.processGone(type, reason);
        if (reason === 'clean-exit' || serviceName === HELPER) return;
        running.problem('process-gone', processGone(running.state()));
      });
      followWindow(running, diagnostics, window, log);
    },
    leave: (window, leave) => {
      if (!gaveUp) return leave();
      if (!window.isDestroyed()) window.hide();
      void offerAgain();
    },
  };
}

/** Brings a window back that crashed or hangs; the calls are in this process and go on. */
function followWindow(app: App, diagnostics: Diagnostics, window: BrowserWindow, log: Log): void {
  const { webContents: contents } = window;
  const crash = createWindowCrash({
    clock: systemClock,
    reload: () => {
      if (!contents.isDestroyed()) contents.reload();
    },
    onGiveUp: () => {
      log.error('the page crashes again and again and is left alone');
      const goOn = callsGoOn(app.state());
      const detail = goOn === '' ? '' : `${goOn} Quitting hangs up.`;
      const asked = choice('The window crashes again and again.', detail, ['Load again', 'Quit']);
      void asked.then(answer => (answer === 0 ? crash.again() : electron.quit()));
    },
  });
  contents.on('render-process-gone', (_event, { reason }) => {
    diagnostics.processGone('Window', reason);
    if (reason === 'clean-exit') return;
    log.error({ reason }, 'the page crashed');
    settle();
    app.stepBack('window');
    app.problem('window-crashed', windowCrashed(app.state()));
    crash.gone();
  });

  /** The question that stands while the window does not answer. */
  let hung: AbortController | null = null;
  const settle = (): void => {
    if (hung === null) return;
    hung.abort();
    hung = null;
    app.problem('window-hung', null);
  };
  contents.on('unresponsive', () => {
    if (hung !== null) return;
    log.error('the page does not answer');
    const question = new AbortController();
    hung = question;
    app.stepBack('window');
    const problem = windowHung(app.state());
    app.problem('window-hung', problem);
    const { message, remedy } = problem;
    const asked = choice(message, remedy, ['Wait', 'Load again'], question.signal);
    void asked.then(answer => {
      if (hung === question && answer === 1) contents.forcefullyCrashRenderer();
    });
  });
  contents.on('responsive', settle);
}

/** After faults that ended this run in order: opens another one if the person wants it. */
async function offerAgain(): Promise<void> {
  await electron.whenReady();
  const answer = await choice(
    'Earshot had to end: something in it failed again and again.',
    'Calls were ended in order. What was recorded until then is in the history.',
    ['Open again', 'Quit'],
  );
  if (answer === 0) electron.relaunch(openingAgain());
  electron.quit();
}

/** How the app is opened again: as this time, but nobody is called who was called already. */
function openingAgain(): Electron.RelaunchOptions {
  const words = process.argv.slice(1);
  const at = words.indexOf('--target');
  const args = words.filter(
    (word, index) =>
      !word.startsWith('--target') && !/^tel:/i.test(word) && (at < 0 || index !== at + 1),
  );
  // What runs of an AppImage is gone with the process.
  const file = process.env['APPIMAGE'];
  if (file !== undefined) return { args, execPath: file };
  // Left to itself, Electron also repeats its own switches, which are not among these words.
  return args.length === words.length ? {} : { args };
}

/** Asks in a box of its own, which no window holds up. The first button is the one for putting it away. */
async function choice(
  message: string,
  detail: string,
  buttons: string[],
  signal?: AbortSignal,
): Promise<number> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: 'Earshot',
    message,
    detail,
    buttons,
    defaultId: 0,
    cancelId: 0,
    noLink: true,
    ...(signal === undefined ? {} : { signal }),
  });
  return response;
}

/**
 * Tells whoever opened the app with a double click why it does not start. Resolves once it was read.
 * A terminal has it already, and outside a package whoever started it reads what it writes.
 */
export async function tellStartProblem(error: unknown): Promise<void> {
  if (!electron.isPackaged || process.stderr.isTTY) return;
  const { message, remedy } = startProblem(error);
  await electron.whenReady();
  dialog.showErrorBox(message, remedy);
}

/** The processes of this app now. */
export function runningProcesses() {
  return electron.getAppMetrics().map(({ type, cpu, memory }) => ({
    type,
    cpuPercent: Math.round(cpu.percentCPUUsage),
    memoryKb: memory.workingSetSize,
  }));
}
