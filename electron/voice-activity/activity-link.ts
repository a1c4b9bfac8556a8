import type { Cancel, Clock } from '../core/clock.ts';
import type { Log } from '../log.ts';
import type { HelperProcess, LaunchHelper } from '../processes/helper-process.ts';
import type { VoiceActivityReport, VoiceActivityRequest } from './voice-activity-messages.ts';

/** Starts the process that listens for voices, under Electron or plain Node. */
export type LaunchVoiceActivity = LaunchHelper<VoiceActivityRequest, VoiceActivityReport>;

/** Silent beats after which a process that was asked something is taken for hung: 3 s. */
const HUNG_BEATS = 31;

/** The same while it loads, which takes seconds on a busy computer: 15 s. */
const LOADING_BEATS = 156;

/** Waits before another process is started: none for the first crash, longer for each that follows soon. */
const RESTART_MS = [0, 100, 500, 2000, 5000] as const;

/** A process that listened for so long was well: its crash is a first one. */
const CALM_MS = 5000;

/** A process that ends so often before it listens never will: native code may crash where it is loaded. */
const MOST_STILLBORN = 5;

type ActivityLinkPorts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly launch: LaunchVoiceActivity;
  readonly onTurns: (turns: Int32Array) => void;
  /** What the process knew is gone; another will start, or none. */
  readonly onEnd: () => void;
};

/** The process that listens for voices, started again when it dies or hangs. */
type ActivityLink = {
  /** Starts the process, the first time. */
  readonly start: () => void;
  /** `ready` for a request; `busy` with one or loading, and soon ready; `away`: what comes now is never heard. */
  readonly status: () => 'ready' | 'busy' | 'away';
  /** Whether it listens. */
  readonly listening: () => boolean;
  /** Whether it can never listen on this computer. */
  readonly failed: () => boolean;
  /** Asks it to listen; only while `ready`. */
  readonly send: (request: VoiceActivityRequest) => void;
  /**
   * Lets a beat go by. Silence is counted in beats, not in time: an app that stood still itself hears
   * the process before the next beat.
   */
  readonly beat: () => void;
  readonly close: () => void;
};

/** Supervises the process. */
export function createActivityLink(ports: ActivityLinkPorts): ActivityLink {
  const { clock, log } = ports;
  let child: HelperProcess<VoiceActivityRequest> | null = null;
  let token: object | null = null;
  /** When the process that runs began to listen; null while none does. */
  let readyAt: number | null = null;
  let isAsked = false;
  let isFailed = false;
  let isClosed = false;
  let silentBeats = 0;
  let crashes = 0;
  let stillborn = 0;
  let cancelRestart: Cancel = () => {};

  const fail = (detail: string): void => {
    isFailed = true;
    log.warn({ detail }, 'Voices cannot be told from silence on this computer');
  };

  const start = (): void => {
    const own = {};
    token = own;
    silentBeats = 0;
    child = ports.launch({
      onReport: report => {
        if (token === own) heard(report);
      },
      onExit: () => {
        if (token === own) ended();
      },
    });
  };

  const heard = (report: VoiceActivityReport): void => {
    silentBeats = 0;
    switch (report.kind) {
      case 'ready':
        readyAt = clock.monotonic();
        stillborn = 0;
        return;
      case 'failed':
        fail(report.detail);
        drop();
        return;
      case 'heard':
        isAsked = false;
        ports.onTurns(report.turns);
        return;
    }
  };

  /** Lets go of the process, whether or not it is gone already. */
  const drop = (): void => {
    const gone = child;
    child = null;
    token = null;
    readyAt = null;
    isAsked = false;
    gone?.kill();
    ports.onEnd();
  };

  const ended = (): void => {
    if (readyAt === null) stillborn += 1;
    else if (clock.monotonic() - readyAt > CALM_MS) crashes = 0;
    const delayMs = RESTART_MS[Math.min(crashes, RESTART_MS.length - 1)] ?? 0;
    crashes += 1;
    if (stillborn >= MOST_STILLBORN) fail('its process ends at once');
    else log.warn({ crashes }, 'voice activity process ended');
    drop();
    if (!isFailed && !isClosed) cancelRestart = clock.after(delayMs, start);
  };

  return {
    start: () => {
      if (child === null && crashes === 0 && !isFailed && !isClosed) start();
    },
    status: () => {
      if (child === null) return 'away';
      return readyAt === null || isAsked ? 'busy' : 'ready';
    },
    listening: () => readyAt !== null,
    failed: () => isFailed,
    send: request => {
      if (child === null) return;
      isAsked = true;
      silentBeats = 0;
      child.send(request);
    },
    beat: () => {
      if (child === null || (readyAt !== null && !isAsked)) return;
      silentBeats += 1;
      if (silentBeats < (readyAt === null ? LOADING_BEATS : HUNG_BEATS)) return;
      log.warn({ loading: readyAt === null }, 'voice activity process hangs');
      ended();
    },
    close: () => {
      isClosed = true;
      cancelRestart();
      token = null;
      child?.kill();
      child = null;
      readyAt = null;
    },
  };
}
