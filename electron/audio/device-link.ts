import { type Cancel, type Clock, every } from '../core/clock.ts';
import type { Log } from '../log.ts';
import type { HelperOptions, HelperProcess, LaunchHelper } from '../processes/helper-process.ts';
import type { DeviceReport, DeviceRequest } from './device-messages.ts';

/** The sound process as its parent holds it. */
export type DeviceProcess = HelperProcess<DeviceRequest>;

/** Starts the sound process, under Electron or plain Node. */
export type LaunchDeviceProcess = LaunchHelper<DeviceRequest, DeviceReport>;

/**
 * How it is started. The native addon's reads and writes each hold a thread while they wait for the
 * card: with Node's own 4 they starve everything else.
 */
export const SOUND_PROCESS = {
  name: 'device-process',
  title: 'Earshot sound',
  threads: 16,
} as const satisfies HelperOptions;

type DeviceLinkPorts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly launch: LaunchDeviceProcess;
  readonly onReport: (report: DeviceReport) => void;
  /** A process stands ready, the first or another. */
  readonly onStart: () => void;
  /** The process ended by itself or was ended because it hung; another will start. */
  readonly onEnd: () => void;
};

/** A sound process that is always there: started again when it dies or hangs. */
export type DeviceLink = {
  /** Starts the first process. */
  readonly start: () => void;
  /** Tells the process something; lost while there is none. */
  readonly send: (request: DeviceRequest) => void;
  /** Sound runs from now on or no longer: then a silent process is a hung one much sooner. */
  readonly setRunning: (isRunning: boolean) => void;
  /** Ends a process whose card hangs. */
  readonly kill: () => void;
  /** Puts a fresh process in the place of this one. */
  readonly replace: () => void;
  readonly close: () => void;
};

/** Beat of the heartbeat. */
const BEAT_MS = 200;

/** Silent beats after which a process that should make sound is taken for hung: 600 to 800 ms. */
const RUNNING_BEATS = 4;

/** The same while it lists or opens devices, which may block it for seconds: 5 s. */
const QUIET_BEATS = 25;

/** While no sound runs a heartbeat a second is enough. */
const QUIET_PING_BEATS = 5;

/** How long a process that was ended may take to be gone before another takes its place. */
const EXIT_LIMIT_MS = 500;

/** Waits before another process is started: none for the first crash, longer for each that follows soon. */
const RESTART_MS = [0, 100, 500, 2000, 5000] as const;

/** A process that lived for so long was well: its crash is a first one. */
const CALM_MS = 5000;

/** Supervises the sound process. Silence is counted in beats, not in time: an app that stood still itself hears the process before the next beat. */
export function createDeviceLink(ports: DeviceLinkPorts): DeviceLink {
  const { clock, log } = ports;
  let child: DeviceProcess | null = null;
  let token: object | null = null;
  let dying = false;
  let replacing = false;
  let closed = false;
  let running = false;
  let silentBeats = 0;
  let startedAt = 0;
  let crashes = 0;
  let cancelRestart: Cancel = () => {};
  let cancelWait: Cancel = () => {};

  const start = (): void => {
    const own = {};
    token = own;
    dying = false;
    running = false;
    silentBeats = 0;
    startedAt = clock.monotonic();
    child = ports.launch({
      onReport: report => {
        if (token !== own || dying) return;
        silentBeats = 0;
        ports.onReport(report);
      },
      onExit: () => {
        if (token === own) ended();
      },
    });
    ports.onStart();
  };

  const ended = (): void => {
    cancelWait();
    child = null;
    token = null;
    if (closed) return;
    if (replacing) {
      replacing = false;
      start();
      return;
    }
    if (clock.monotonic() - startedAt > CALM_MS) crashes = 0;
    const delayMs = RESTART_MS[Math.min(crashes, RESTART_MS.length - 1)] ?? 0;
    crashes += 1;
    log.warn({ crashes }, 'sound process ended');
    ports.onEnd();
    cancelRestart = clock.after(delayMs, start);
  };

  const kill = (): void => {
    if (child === null || dying) return;
    dying = true;
    cancelWait = clock.after(EXIT_LIMIT_MS, ended);
    child.kill();
  };

  let beats = 0;
  const stopBeating = every(clock, BEAT_MS, () => {
    if (child === null || dying) return;
    beats += 1;
    silentBeats += 1;
    if (silentBeats >= (running ? RUNNING_BEATS : QUIET_BEATS)) {
      log.warn({ running }, 'sound process hangs');
      kill();
      return;
    }
    if (running || beats % QUIET_PING_BEATS === 0) child.send({ kind: 'ping' });
  });

  return {
    start,
    send: request => {
      if (!dying) child?.send(request);
    },
    setRunning: isRunning => {
      running = isRunning;
    },
    kill,
    replace: () => {
      if (child === null) {
        cancelRestart();
        start();
        return;
      }
      replacing = true;
      kill();
    },
    close: () => {
      closed = true;
      stopBeating();
      cancelRestart();
      cancelWait();
      child?.kill();
    },
  };
}
