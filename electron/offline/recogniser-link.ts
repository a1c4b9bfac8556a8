import type { Cancel, Clock } from '../core/clock.ts';
import type { Log } from '../log.ts';
import type { HelperProcess, LaunchHelper } from '../processes/helper-process.ts';
import type { RecogniserReport, RecogniserRequest } from './recogniser-messages.ts';

/** Pauses before a recogniser that ended is started again: the first, and for each that follows soon. */
const RESTART_MS = [250, 2000, 8000] as const;

/** So often in a minute, then it waits until the minute is over. */
const MOST_RESTARTS = RESTART_MS.length;
const MINUTE_MS = 60_000;

/** With nobody to listen to it is ended after so long: a model holds much memory. */
const IDLE_MS = 60_000;

/** Batches without an answer after which it is taken for hung: one goes out each 100 ms. */
const MOST_UNANSWERED = 150;

/** How long a process that was ended may take to be gone. */
const EXIT_LIMIT_MS = 2000;

/** A model that ends so many processes before any sound went through it is broken. */
const MOST_KILLS = 2;

type LinkPorts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly launch: LaunchHelper<RecogniserRequest, RecogniserReport>;
  readonly onReport: (report: RecogniserReport) => void;
  /** A process stands ready, the first or another: sides are to be opened. */
  readonly onStart: () => void;
  /** The process ended by itself. @param retryAt in ms since the epoch */
  readonly onEnd: (retryAt: number) => void;
  /** A model ends every process that loads it. */
  readonly onBroken: (modelPath: string) => void;
};

/** A recogniser that is there while it is needed: started again when it dies or hangs. */
export type RecogniserLink = {
  /** It is needed from now on. */
  readonly need: () => void;
  /** Nobody needs it now. */
  readonly rest: () => void;
  /** Tells it something; lost while there is none. */
  readonly send: (request: RecogniserRequest) => void;
  readonly isRunning: () => boolean;
  /** Ends it now; done when it is gone. It starts again when it is needed. */
  readonly end: () => Promise<void>;
};

/** Not started. */
export function createRecogniserLink(ports: LinkPorts): RecogniserLink {
  const { clock, log } = ports;
  let child: HelperProcess<RecogniserRequest> | null = null;
  let needed = false;
  let unanswered = 0;
  let restarts: number[] = [];
  let cancelRestart: Cancel | null = null;
  let cancelIdle: Cancel = () => {};
  let onGone: (() => void) | null = null;
  /** The models no sound went through yet in this process. */
  const unproved = new Set<string>();
  const kills = new Map<string, number>();

  const start = (): void => {
    cancelRestart = null;
    unanswered = 0;
    unproved.clear();
    const started = ports.launch({
      onReport: report => {
        if (child === started) hear(report);
      },
      onExit: () => {
        if (child === started) ended();
      },
    });
    child = started;
    ports.onStart();
  };

  const hear = (report: RecogniserReport): void => {
    if (report.kind === 'taken') unanswered = 0;
    if (report.kind === 'loading') unproved.add(report.modelPath);
    if (report.kind === 'unusable') unproved.delete(report.modelPath);
    if (report.kind === 'proved') {
      unproved.delete(report.modelPath);
      kills.delete(report.modelPath);
    }
    ports.onReport(report);
  };

  const blame = (): void => {
    for (const modelPath of unproved) {
      const count = (kills.get(modelPath) ?? 0) + 1;
      kills.set(modelPath, count);
      if (count < MOST_KILLS) continue;
      kills.delete(modelPath);
      ports.onBroken(modelPath);
    }
    unproved.clear();
  };

  const ended = (): void => {
    child = null;
    if (onGone !== null) {
      onGone();
      return;
    }
    blame();
    log.warn({ needed }, 'recogniser ended');
    if (needed) restart();
  };

  const restart = (): void => {
    const now = clock.monotonic();
    restarts = restarts.filter(at => at > now - MINUTE_MS);
    const [oldest] = restarts;
    const pause =
      oldest !== undefined && restarts.length >= MOST_RESTARTS
        ? oldest + MINUTE_MS - now
        : (RESTART_MS[restarts.length] ?? 0);
    restarts = [...restarts, now + pause].slice(-MOST_RESTARTS);
    cancelRestart = clock.after(pause, start);
    ports.onEnd(clock.now() + pause);
  };

  const end = async (): Promise<void> => {
    cancelIdle();
    cancelRestart?.();
    cancelRestart = null;
    const dying = child;
    if (dying === null) return;
    await new Promise<void>(resolve => {
      const cancel = clock.after(EXIT_LIMIT_MS, resolve);
      onGone = () => {
        cancel();
        resolve();
      };
      dying.kill();
    });
    onGone = null;
    child = null;
    if (needed) start();
  };

  return {
    need: () => {
      cancelIdle();
      needed = true;
      if (child === null && cancelRestart === null && onGone === null) start();
    },
    rest: () => {
      needed = false;
      cancelIdle();
      cancelIdle = clock.after(IDLE_MS, () => void end());
    },
    send: request => {
      if (child === null || onGone !== null) return;
      child.send(request);
      if (request.kind !== 'sound') return;
      unanswered += 1;
      if (unanswered !== MOST_UNANSWERED) return;
      log.warn('recogniser hangs');
      child.kill();
    },
    isRunning: () => child !== null && onGone === null,
    end,
  };
}
