import { type Cancel, every } from '../core/clock.ts';
import type { SoundSide } from '../core/sound.ts';
import { createCardDevices } from './card-devices.ts';
import { createDeviceLink, type LaunchDeviceProcess } from './device-link.ts';
import { plainDevice } from './device-list.ts';
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
import { chosenDevice, DEFAULT_CHOICE, ownChoice, sameChoice } from './sound-choice.ts';
import type { SoundPathPorts, SoundWay } from './sound-path.ts';
import { microphoneDenied, soundProblem, unplugged } from './sound-problem.ts';

/** What the sound card needs of the rest. */
type SoundCardPorts = SoundPathPorts & {
  readonly launch: LaunchDeviceProcess;
  /** Starts a process that only looks for devices; the same as `launch` where it is not told apart. */
  readonly launchProbe?: LaunchDeviceProcess;
  /** Null where the system asks nobody for the microphone. */
  readonly microphoneAccess: MicrophoneAccess | null;
};

/** How long the card stays open when nothing wants it any more. */
const LINGER_MS = 3000;

/** How often devices are looked for while none is open, and one that failed is tried again. */
const LOOK_MS = 5000;

/** Looks between probes for a device that is missing while the other side is open. */
const PROBE_LOOKS = 3;

/**
 * Builds the sound card and starts its process, which is started again when it dies or hangs,
 * whatever calls do. The card is opened once devices are listed and something wants it.
 */
export function createSoundCard(ports: SoundCardPorts): SoundWay {
  const { clock, log, launch } = ports;
  const devices = createCardDevices();
  let choice = DEFAULT_CHOICE;
  let wanted = false;
  let isOpen = false;
  let closed = false;
  let cancelLinger: Cancel = () => {};
  let noiseKept = false;
  let known: CardDevice | null = null;
  /** The number of the last request to open each side; answers to others are late. */
  const turns: Record<Side, number> = { input: 0, output: 0 };
  let turn = 0;
  /** Sides whose answer has not come yet. */
  const awaited = new Set<Side>();
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
    const device = chosenDevice(side, devices.list(), choice);
    return device === null ? failed(side, 'missing') : { status: 'ready', device };
  };

  /** @returns whether that made a difference */
  const putToRest = (): boolean => {
    const before = SIDES.map(side => sides[side].status);
    for (const side of SIDES) sides[side] = rest(side);
    return SIDES.some((side, at) => sides[side].status !== before[at]);
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
    turn += 1;
    for (const side of which) {
      turns[side] = turn;
      sides[side] = { status: 'opening' };
      awaited.delete(side);
    }
    for (const side of opened) awaited.add(side);
    link.setRunning(false);
    const own = ownChoice(choice, devices.list());
    const toOpen = { ...own, inputId: devices.inUse('input')?.id ?? own.inputId };
    link.send({ kind: 'open', sides: which, turn, choice: toOpen, microphone, known });
    if (opened.length === 0) settle('input', closedMicrophone());
    tell();
  };

  const settle = (side: Side, now: SoundSide): void => {
    sides[side] = now;
    awaited.delete(side);
    const isMicrophoneClosed = !awaited.has('input') && sides.input.status === 'opening';
    if (side === 'output' && isMicrophoneClosed) sides.input = closedMicrophone();
    const runs = SIDES.some(each => sides[each].status === 'open');
    link.setRunning(isOpen && runs && awaited.size === 0);
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
    if (wanted && !isOpen && devices.some()) {
      open();
      return;
    }
    const rests = !isOpen && (!wanted || isNew || sides.input.status === 'opening');
    const hasMoved = rests && putToRest();
    if (isNew || hasMoved) tell();
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
        if (!isOpen || report.turn !== turns[report.side]) return;
        faults[report.side] = null;
        if (report.side === 'output') known = report.device;
        devices.use(report.side, plainDevice(report.device));
        settle(report.side, { status: 'open', device: plainDevice(report.device) });
        break;
      case 'closed':
        // While it is wanted it is only tried anew: what has failed has not become well by that.
        if (isOpen || wanted) return;
        putToRest();
        break;
      case 'failed':
        // A side that hangs stays hung, whatever was asked for meanwhile.
        if (report.fault !== 'hung' && (!isOpen || report.turn !== turns[report.side])) return;
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
      awaited.clear();
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
    launch: ports.launchProbe ?? launch,
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
    awaited.clear();
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
      const before = ownChoice(choice, devices.list());
      const after = ownChoice(next, devices.list());
      choice = next;
      if (sameChoice(before, after)) return;
      devices.chooseAnew(before, after);
      const onlyNoise = sameChoice({ ...before, suppressNoise: after.suppressNoise }, after);
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
    held: devices.held,
    hold: devices.hold,
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
