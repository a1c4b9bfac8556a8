import type { Frame } from '../core/audio/frame.ts';
import { type Cancel, type Clock, every } from '../core/clock.ts';
import type { SoundDevice, SoundSide, SoundState } from '../core/sound.ts';
import type { Log } from '../log.ts';
import type { DeviceReport, DeviceRequest, Side, SideFault } from './device-messages.ts';
import { soundProblem } from './sound-problem.ts';

/** The sound process as its parent holds it. */
type DeviceProcess = {
  readonly send: (request: DeviceRequest) => void;
  readonly kill: () => void;
};

/** Starts the sound process, under Electron or plain Node. */
export type LaunchDeviceProcess = (handlers: {
  readonly onReport: (report: DeviceReport) => void;
  readonly onExit: () => void;
}) => DeviceProcess;

/** What the sound card needs of the rest. */
export type SoundCardPorts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly launch: LaunchDeviceProcess;
  /** Gives the next 20 ms to play, at 8 kHz. */
  readonly nextFrame: () => Frame;
  readonly onCaptured: (frame: Frame) => void;
  readonly onState: (state: SoundState) => void;
};

/** Which devices to use; null follows the system's default. */
type DeviceChoice = { readonly inputId: string | null; readonly outputId: string | null };

/** The supervised sound process: started again when it dies or hangs, whatever calls do. */
export type SoundCard = {
  /** Opens or closes the card; closing waits a little, in case it is wanted again. */
  readonly want: (open: boolean) => void;
  readonly choose: (choice: DeviceChoice) => void;
  /** Starts over: another list, another try. */
  readonly retry: () => void;
  readonly close: () => void;
};

/** Beat of the heartbeat, and of looking for devices while nothing is open. */
const BEAT_MS = 1000;

/** A process silent for so long is taken for hung. A device may take this long to open. */
const HUNG_MS = 5000;

/** How long the card stays open when nothing wants it any more. */
const LINGER_MS = 3000;

/** Waits before the process is started again: longer each time, up to the last. */
const RESTART_MS = [250, 1000, 2000, 5000] as const;

/** How often devices are listed while none is open, to notice what is plugged in. */
const LIST_EVERY_BEATS = 5;

/** Builds the sound card and starts its process. It is opened once devices are listed and something wants it. */
export function createSoundCard(ports: SoundCardPorts): SoundCard {
  const { clock, log, onState } = ports;
  let choice: DeviceChoice = { inputId: null, outputId: null };
  let wanted = false;
  let isOpen = false;
  let closed = false;
  let restarts = 0;
  let child: DeviceProcess | null = null;
  let heardAt = 0;
  let beats = 0;
  let cancelRestart: Cancel = () => {};
  let cancelLinger: Cancel = () => {};
  let devices: { inputs: readonly SoundDevice[]; outputs: readonly SoundDevice[] } = {
    inputs: [],
    outputs: [],
  };
  const faults: Record<Side, SideFault | null> = { input: null, output: null };
  const sides: Record<Side, SoundSide> = {
    input: { status: 'opening' },
    output: { status: 'opening' },
  };

  const tell = (): void => {
    if (!closed) onState({ ...devices, ...sides });
  };

  const rest = (side: Side): SoundSide => {
    const { inputs, outputs } = devices;
    const list = side === 'input' ? inputs : outputs;
    const id = side === 'input' ? choice.inputId : choice.outputId;
    const device =
      list.find(known => known.id === id) ?? list.find(known => known.isDefault) ?? list[0];
    return device === undefined
      ? { status: 'failed', problem: soundProblem(side, 'missing') }
      : { status: 'ready', device };
  };

  const hasDevices = (): boolean => devices.inputs.length + devices.outputs.length > 0;

  const putToRest = (): void => {
    sides.input = rest('input');
    sides.output = rest('output');
  };

  const open = (): void => {
    isOpen = true;
    sides.input = { status: 'opening' };
    sides.output = { status: 'opening' };
    child?.send({ kind: 'open', ...choice });
    tell();
  };

  const onReport = (report: DeviceReport): void => {
    heardAt = clock.monotonic();
    switch (report.kind) {
      case 'need':
        child?.send({ kind: 'play', frame: ports.nextFrame() });
        return;
      case 'captured':
        ports.onCaptured(report.frame);
        return;
      case 'pong':
        return;
      case 'devices':
        if (wanted && !isOpen && report.inputs.length + report.outputs.length > 0) {
          devices = { inputs: report.inputs, outputs: report.outputs };
          open();
          return;
        }
        if (sameDevices(devices, report) && sides.input.status !== 'opening') return;
        devices = { inputs: report.inputs, outputs: report.outputs };
        if (!isOpen) putToRest();
        break;
      case 'opened':
        restarts = 0;
        faults[report.side] = null;
        sides[report.side] = { status: 'open', device: report.device };
        break;
      case 'closed':
        if (isOpen) return;
        putToRest();
        break;
      case 'failed':
        // A missing card is tried again and again; the log hears of it once.
        if (faults[report.side] !== report.fault) {
          log.warn(
            { side: report.side, fault: report.fault, detail: report.detail },
            'sound failed',
          );
        }
        faults[report.side] = report.fault;
        sides[report.side] = { status: 'failed', problem: soundProblem(report.side, report.fault) };
        if (report.fault === 'hung') child?.kill();
        break;
    }
    tell();
  };

  const onExit = (): void => {
    child = null;
    isOpen = false;
    if (closed) return;
    log.warn({ restarts }, 'sound process ended');
    for (const side of ['input', 'output'] as const) {
      if (!wanted) sides[side] = { status: 'opening' };
      else if (sides[side].status === 'open') {
        sides[side] = { status: 'failed', problem: soundProblem(side, 'lost') };
      }
    }
    tell();
    const delayMs = RESTART_MS[Math.min(restarts, RESTART_MS.length - 1)] ?? 0;
    restarts += 1;
    cancelRestart = clock.after(delayMs, start);
  };

  const start = (): void => {
    heardAt = clock.monotonic();
    child = ports.launch({ onReport, onExit });
    child.send({ kind: 'list' });
  };

  const beat = every(clock, BEAT_MS, () => {
    if (child === null) return;
    if (clock.monotonic() - heardAt > HUNG_MS) {
      log.warn('sound process hangs');
      child.kill();
      return;
    }
    child.send({ kind: 'ping' });
    beats += 1;
    if (!isOpen && beats % LIST_EVERY_BEATS === 0) child.send({ kind: 'list' });
    const bothFailed = sides.input.status === 'failed' && sides.output.status === 'failed';
    // Only a card with nothing open lists devices anew, so a new try must start from closed.
    if (isOpen && bothFailed && beats % LIST_EVERY_BEATS === 0) retry();
  });

  const retry = (): void => {
    if (child === null) return;
    child.send({ kind: 'close' });
    child.send({ kind: 'list' });
    isOpen = false;
  };

  start();
  return {
    want: needed => {
      if (needed === wanted) return;
      wanted = needed;
      cancelLinger();
      if (needed && !isOpen && child !== null && hasDevices()) open();
      if (needed) return;
      cancelLinger = clock.after(LINGER_MS, () => {
        isOpen = false;
        child?.send({ kind: 'close' });
      });
    },
    choose: next => {
      if (next.inputId === choice.inputId && next.outputId === choice.outputId) return;
      choice = next;
      if (isOpen) open();
      else if (hasDevices()) {
        putToRest();
        tell();
      }
    },
    retry,
    close: () => {
      closed = true;
      beat();
      cancelLinger();
      cancelRestart();
      child?.kill();
    },
  };
}

function sameDevices(
  a: { inputs: readonly SoundDevice[]; outputs: readonly SoundDevice[] },
  b: { inputs: readonly SoundDevice[]; outputs: readonly SoundDevice[] },
): boolean {
  const names = ({ inputs, outputs }: typeof a): string =>
    JSON.stringify([inputs, outputs].map(list => list.map(({ id, isDefault }) => [id, isDefault])));
  return names(a) === names(b);
}
