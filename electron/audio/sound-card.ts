import { type Cancel, every } from '../core/clock.ts';
import type { SoundChoice, SoundSide } from '../core/sound.ts';
import { createCardDevices } from './card-devices.ts';
import { createDeviceLink, type LaunchDeviceProcess } from './device-link.ts';
import { findDevice, plainDevice } from './device-list.ts';
import {
  type CardDevice,
  type DeviceList,
  type DeviceReport,
  type MicrophoneRule,
  SIDES,
  type Side,
  type SideFault,
} from './device-messages.ts';
import { createDeviceProbe } from './device-probe.ts';
import { createMicrophonePermission, type MicrophoneAccess } from './microphone-permission.ts';
import type { SoundPath, SoundPathPorts } from './sound-path.ts';
import { microphoneDenied, soundProblem, unplugged } from './sound-problem.ts';

/** What the sound card needs of the rest. */
type SoundCardPorts = SoundPathPorts & {
  readonly launch: LaunchDeviceProcess;
  /** Null where the system asks nobody for the microphone. */
  readonly microphoneAccess: MicrophoneAccess | null;
};

/** How long the card stays open when nothing wants it any more. */
const LINGER_MS = 3000;

/** How often devices are looked for while none is open, and one that failed is tried again. */
const LOOK_MS = 5000;

/** Looks between probes for a device that is missing while the other side is open. */
const PROBE_LOOKS = 3;

/** What holds until somebody chooses. */
const DEFAULT_CHOICE: SoundChoice = {
  inputId: null,
  outputId: null,
  host: null,
  latency: 'balanced',
  suppressNoise: false,
};

/**
 * Builds the sound card and starts its process, which is started again when it dies or hangs,
 * whatever calls do. The card is opened once devices are listed and something wants it.
 */
export function createSoundCard(ports: SoundCardPorts): SoundPath {
  const { clock, log, launch } = ports;
  const devices = createCardDevices();
  let choice = DEFAULT_CHOICE;
  let wanted = false;
  let isOpen = false;
  let closed = false;
  let cancelLinger: Cancel = () => {};
  let noiseKept = false;
  let known: CardDevice | null = null;
  /** Answers to requests to open that have not come yet. */
  const awaited: Record<Side, number> = { input: 0, output: 0 };
  const faults: Record<Side, SideFault | null> = { input: null, output: null };
  const sides: Record<Side, SoundSide> = {
    input: { status: 'opening' },
    output: { status: 'opening' },
  };

  const permission = createMicrophonePermission(ports.microphoneAccess, () => {
    if (isOpen && !closed) open(['input']);
  });

  const tell = (): void => {
    if (!closed) ports.onState({ ...devices.list(), ...sides, path: 'card' });
  };

  const rest = (side: Side): SoundSide => {
    const { inputs, outputs } = devices.list();
    const device =
      side === 'input' ? findDevice(inputs, choice.inputId) : findDevice(outputs, choice.outputId);
    return device === null ? failed(side, 'missing') : { status: 'ready', device };
  };

  const putToRest = (): void => {
    for (const side of SIDES) sides[side] = rest(side);
  };

  const microphoneRule = (): MicrophoneRule => {
    if (devices.lost() !== null || permission() !== 'granted') return 'none';
    return devices.inUse('input') === null ? 'any' : 'chosen';
  };

  /** Why the microphone stays closed, once it is known where calls are heard. */
  const closedMicrophone = (): SoundSide => {
    const lost = devices.lost();
    if (lost !== null) {
      const speaker = sides.output.status === 'open' ? sides.output.device : null;
      return { status: 'failed', problem: unplugged(lost, speaker) };
    }
    return permission() === 'denied'
      ? { status: 'failed', problem: microphoneDenied() }
      : { status: 'opening' };
  };

  const open = (which: readonly Side[] = SIDES): void => {
    const microphone = microphoneRule();
    const opened = which.filter(side => side === 'output' || microphone !== 'none');
    isOpen = true;
    for (const side of which) sides[side] = { status: 'opening' };
    for (const side of opened) awaited[side] += 1;
    link.setRunning(false);
    const inputId = devices.inUse('input')?.id ?? choice.inputId;
    link.send({ kind: 'open', sides: which, choice: { ...choice, inputId }, microphone, known });
    if (opened.length === 0) settle('input', closedMicrophone());
    tell();
  };

  const settle = (side: Side, now: SoundSide): void => {
    sides[side] = now;
    awaited[side] = Math.max(0, awaited[side] - 1);
    const isMicrophoneClosed = awaited.input === 0 && sides.input.status === 'opening';
    if (side === 'output' && isMicrophoneClosed) sides.input = closedMicrophone();
    const runs = SIDES.some(each => sides[each].status === 'open');
    link.setRunning(isOpen && runs && awaited.input + awaited.output === 0);
  };

  const onFailed = (side: Side, fault: SideFault, detail: string): void => {
    // A missing card is tried again and again; the log hears of it once.
    if (faults[side] !== fault) log.warn({ side, fault, detail }, 'sound failed');
    faults[side] = fault;
    if (side === 'input' && fault === 'missing') devices.loseMicrophone();
    if (side === 'output' && fault !== 'hung') devices.dropSpeaker();
    const isLost = side === 'input' && devices.lost() !== null;
    settle(side, isLost ? closedMicrophone() : failed(side, fault));
    if (fault === 'hung') link.kill();
  };

  const onDevices = (fresh: DeviceList): void => {
    const isNew = devices.learn(fresh, choice);
    if (wanted && !isOpen && devices.some()) open();
    else if (isNew || (!isOpen && sides.input.status === 'opening')) {
      if (!isOpen) putToRest();
      tell();
    }
  };

  const onReport = (report: DeviceReport): void => {
    switch (report.kind) {
      case 'need':
        link.send({ kind: 'play', frame: ports.nextFrame() });
        return;
      case 'captured':
        ports.onCaptured(report.frame);
        return;
      case 'pong':
        return;
      case 'devices':
        onDevices({ hosts: report.hosts, inputs: report.inputs, outputs: report.outputs });
        return;
      case 'spent':
        link.replace();
        return;
      case 'starved':
        log.info({ frames: report.frames }, 'sound came late to the card');
        return;
      case 'noise-kept':
        if (!noiseKept) log.warn({ detail: report.detail }, 'noise suppression does not load');
        noiseKept = true;
        return;
      case 'opened':
        if (!isOpen) return;
        faults[report.side] = null;
        if (report.side === 'output') known = report.device;
        devices.use(report.side, plainDevice(report.device));
        settle(report.side, { status: 'open', device: plainDevice(report.device) });
        break;
      case 'closed':
        if (isOpen) return;
        putToRest();
        break;
      case 'failed':
        onFailed(report.side, report.fault, report.detail);
        break;
    }
    tell();
  };

  const link = createDeviceLink({
    clock,
    log,
    launch,
    onReport,
    onStart: () => {
      isOpen = false;
      awaited.input = awaited.output = 0;
      const wasOpen = SIDES.some(side => devices.inUse(side) !== null);
      if (wanted && wasOpen) open();
      else link.send({ kind: 'list', host: choice.host });
    },
    onEnd: () => {
      isOpen = false;
      for (const side of SIDES) {
        if (!wanted) sides[side] = { status: 'opening' };
        else if (sides[side].status === 'open') sides[side] = failed(side, 'lost');
      }
      tell();
    },
  });

  const probe = createDeviceProbe({
    clock,
    launch,
    onList: fresh => {
      if (!isOpen) return;
      const move = devices.review(fresh, choice);
      // A process whose device is gone may hang on it: another one takes over.
      if (move === 'gone') link.replace();
      else if (move === 'move') open();
      else tell();
    },
  });

  const startOver = (): void => {
    isOpen = false;
    awaited.input = awaited.output = 0;
    link.setRunning(false);
    link.send({ kind: 'close' });
    link.send({ kind: 'list', host: choice.host });
  };

  let looks = 0;
  const stopLooking = every(clock, LOOK_MS, () => {
    looks += 1;
    if (!isOpen) return link.send({ kind: 'list', host: choice.host });
    const broken = SIDES.filter(side => sides[side].status === 'failed');
    // Only a card with nothing open lists devices anew, so a new try must start from closed.
    if (broken.length === SIDES.length) return startOver();
    if (broken.some(side => faults[side] === 'busy')) open(broken);
    else if (broken.length > 0 && looks % PROBE_LOOKS === 0) probe.look(choice.host);
  });

  link.start();
  return {
    want: needed => {
      if (needed === wanted) return;
      wanted = needed;
      cancelLinger();
      if (needed && !isOpen && devices.some()) open();
      if (needed) return;
      cancelLinger = clock.after(LINGER_MS, () => {
        isOpen = false;
        devices.free();
        link.setRunning(false);
        link.send({ kind: 'close' });
      });
    },
    choose: next => {
      const before = choice;
      if (sameChoice(before, next)) return;
      choice = next;
      if (next.inputId !== before.inputId || next.host !== before.host) devices.freeMicrophone();
      const onlyNoise = sameChoice({ ...before, suppressNoise: next.suppressNoise }, next);
      if (isOpen) open(onlyNoise ? ['input'] : SIDES);
      else if (next.host !== before.host) link.send({ kind: 'list', host: next.host });
      else if (devices.some()) {
        putToRest();
        tell();
      }
    },
    retry: () => {
      devices.freeMicrophone();
      startOver();
    },
    devicesChanged: () => {
      if (isOpen) probe.look(choice.host);
      else link.send({ kind: 'list', host: choice.host });
    },
    close: () => {
      closed = true;
      stopLooking();
      cancelLinger();
      probe.close();
      link.close();
    },
  };
}

function failed(side: Side, fault: SideFault): SoundSide {
  return { status: 'failed', problem: soundProblem(side, fault) };
}

function sameChoice(a: SoundChoice, b: SoundChoice): boolean {
  return (
    a.inputId === b.inputId &&
    a.outputId === b.outputId &&
    a.host === b.host &&
    a.latency === b.latency &&
    a.suppressNoise === b.suppressNoise
  );
}
