import { type Cancel, every } from '../core/clock.ts';
import type { PageReport, PageSide, SoundPage } from '../core/page-sound.ts';
import type { Problem } from '../core/problem.ts';
import type { SoundDevice, SoundSide } from '../core/sound.ts';
import { createCardDevices } from './card-devices.ts';
import { deviceMove } from './device-moves.ts';
import { createMicrophonePermission, type MicrophoneAccess } from './microphone-permission.ts';
import { chosenDevice, DEFAULT_CHOICE, ownChoice, sameChoice } from './sound-choice.ts';
import type { WindowSoundPort } from './sound-pages.ts';
import type { SoundPathPorts, SoundWay } from './sound-path.ts';
import { microphoneDenied, soundProblem, unplugged } from './sound-problem.ts';

/** What sound through the window needs of the rest. */
type WindowSoundPorts = SoundPathPorts & {
  readonly page: WindowSoundPort;
  /** Null where the system asks nobody for the microphone. */
  readonly microphoneAccess: MicrophoneAccess | null;
};

const SIDES = ['output', 'input'] as const;

/** How long devices stay open when nothing wants them any more, as those of the sound card. */
const LINGER_MS = 3000;

/** How often a side that failed is tried again. */
const LOOK_MS = 5000;

/**
 * Looks without a need after which a speaker has failed: 5 to 10 s. Looks are counted, not time: a
 * computer that slept has counted one, and hears the page before it looks again.
 */
const SILENT_LOOKS = 2;

const DENIED: Problem = {
  kind: 'microphone-denied',
  message:
    'This computer does not let Earshot use the microphone. You can listen; nobody can hear you.',
  remedy:
    'Allow Earshot to use the microphone in the privacy settings of the system, then try again.',
};

/**
 * Sound through the page of the window, which takes the echo of open speakers out of the microphone.
 * Devices are open only while they are wanted. A page that goes away is no more than a gap: the next
 * one goes on.
 */
export function createWindowSound(ports: WindowSoundPorts): SoundWay {
  const { clock, log } = ports;
  const devices = createCardDevices();
  let page: SoundPage | null = null;
  let choice = DEFAULT_CHOICE;
  let wanted = false;
  let isOpen = false;
  let closed = false;
  let cancelLinger: Cancel = () => {};
  /** The number of the last request to open each side; answers to others are late. */
  const turns: Record<PageSide, number> = { input: 0, output: 0 };
  const sides: Record<PageSide, SoundSide> = {
    input: { status: 'opening' },
    output: { status: 'opening' },
  };
  let turn = 0;
  /** A page has told which devices there are: what was chosen is found only then. */
  let isListed = false;
  let silentLooks = 0;
  /** The speaker that was given up since it asked for nothing. */
  let silenced: SoundDevice | null = null;

  const permission = createMicrophonePermission(ports.microphoneAccess, () => {
    if (isOpen && !closed) open(['input']);
  });

  const tell = (): void => {
    if (!closed) ports.onState({ ...devices.list(), ...sides, path: 'window' });
  };

  const rest = (side: PageSide): SoundSide => {
    const device = chosenDevice(side, devices.list(), choice);
    if (device !== null) return { status: 'ready', device };
    return page === null
      ? { status: 'opening' }
      : { status: 'failed', problem: soundProblem(side, 'missing') };
  };

  const putToRest = (): void => {
    for (const side of SIDES) sides[side] = rest(side);
  };

  /** Why no microphone is opened; null when one may be. */
  const closedMicrophone = (): SoundSide | null => {
    const lost = devices.lost();
    if (lost !== null) {
      const speaker = sides.output.status === 'open' ? sides.output.device : null;
      return { status: 'failed', problem: unplugged(lost, speaker) };
    }
    const now = permission();
    if (now === 'denied') return { status: 'failed', problem: microphoneDenied() };
    return now === 'asking' ? { status: 'opening' } : null;
  };

  const open = (which: readonly PageSide[] = SIDES): void => {
    isOpen = true;
    turn += 1;
    for (const side of which) {
      turns[side] = turn;
      sides[side] = { status: 'opening' };
    }
    const shut = closedMicrophone();
    // Where calls are heard meanwhile is known once the speaker has answered.
    const waits = devices.lost() !== null && which.includes('output');
    if (which.includes('input') && shut !== null && !waits) sides.input = shut;
    if (which.includes('output')) silenced = null;
    const inUse = devices.inUse('input');
    const { inputId, outputId } = ownChoice(choice, devices.list());
    page?.send({
      kind: 'open',
      sides: which,
      turn,
      inputId: inUse?.id ?? inputId,
      outputId,
      microphone: shut !== null ? 'none' : inUse === null ? 'any' : 'chosen',
      latency: choice.latency,
      suppressNoise: choice.suppressNoise,
    });
    tell();
  };

  const denied = (): Problem => (ports.microphoneAccess === null ? DENIED : microphoneDenied());

  const showLost = (): void => {
    if (devices.lost() !== null) sides.input = closedMicrophone() ?? sides.input;
  };

  const onFailed = ({ side, fault, detail }: Extract<PageReport, { kind: 'failed' }>): void => {
    log.warn({ side, fault, detail }, 'sound in the window failed');
    if (side === 'input' && fault === 'missing') devices.loseMicrophone();
    const problem = fault === 'denied' ? denied() : soundProblem(side, fault);
    sides[side] = { status: 'failed', problem };
    showLost();
    tell();
  };

  const onReport = (report: PageReport): void => {
    switch (report.kind) {
      case 'devices': {
        const fresh = { hosts: [], inputs: report.inputs, outputs: report.outputs };
        if (isOpen && !report.opening) {
          const inUse = devices.inUse('output');
          const { outputs } = devices.list();
          const { outputId } = ownChoice(choice, fresh);
          const stays = deviceMove(outputs, fresh.outputs, outputId, inUse) === 'stay';
          if (devices.review(fresh, choice) === 'stay') tell();
          else open(stays ? ['input'] : SIDES);
          return;
        }
        devices.learn(fresh, choice);
        isListed = true;
        if (wanted && !isOpen) {
          open();
          return;
        }
        if (!isOpen) putToRest();
        tell();
        return;
      }
      case 'opened':
        if (!isOpen || report.turn !== turns[report.side]) return;
        devices.use(report.side, report.device);
        sides[report.side] = { status: 'open', device: report.device };
        if (report.side === 'output') silentLooks = 0;
        showLost();
        tell();
        return;
      case 'failed':
        if (isOpen && report.turn === turns[report.side]) onFailed(report);
        return;
      case 'closed':
        if (isOpen) return;
        putToRest();
        tell();
        return;
      case 'frames':
        return;
    }
  };

  const onGone = (): void => {
    page = null;
    for (const side of SIDES) {
      sides[side] = isOpen
        ? { status: 'failed', problem: soundProblem(side, 'lost') }
        : { status: 'opening' };
    }
    tell();
  };

  /** The speaker asks again: it was the app that did not hear it. */
  const heard = (device: SoundDevice): void => {
    silenced = null;
    sides.output = { status: 'open', device };
    showLost();
    tell();
  };

  const begin = (): void => {
    if (isListed) open();
    else page?.send({ kind: 'list' });
  };

  const join = (next: SoundPage): void => {
    page = next;
    next.listen({
      onReport: report => {
        if (page === next) onReport(report);
      },
      onNeed: ({ need, starved }) => {
        if (page !== next || !isOpen) return;
        silentLooks = 0;
        if (silenced !== null) heard(silenced);
        if (starved > 0) log.info({ frames: starved }, 'sound came late to the window');
        for (let i = 0; i < need; i += 1) next.play(ports.nextFrame());
      },
      onCaptured: frame => {
        if (page === next && isOpen) ports.onCaptured(frame);
      },
      onGone: () => {
        if (page === next) onGone();
      },
    });
    if (wanted || isOpen) begin();
    else next.send({ kind: 'list' });
  };
  const stopJoining = ports.page.on(join);

  const stopLooking = every(clock, LOOK_MS, () => {
    if (page === null) return;
    if (!isOpen) {
      if (wanted) begin();
      return;
    }
    const broken = SIDES.filter(side => sides[side].status === 'failed');
    silentLooks += 1;
    if (sides.output.status === 'open' && silentLooks >= SILENT_LOOKS) {
      silenced = sides.output.device;
      sides.output = { status: 'failed', problem: soundProblem('output', 'hung') };
      tell();
    } else if (broken.length > 0) open(broken);
  });

  return {
    want: needed => {
      if (needed === wanted) return;
      wanted = needed;
      cancelLinger();
      if (needed && !isOpen) begin();
      if (needed) return;
      cancelLinger = clock.after(LINGER_MS, () => {
        isOpen = false;
        devices.free();
        page?.send({ kind: 'close' });
        if (page === null) tell();
      });
    },
    choose: next => {
      // The window knows no host API.
      const before = ownChoice({ ...choice, host: null }, devices.list());
      const after = ownChoice({ ...next, host: null }, devices.list());
      choice = next;
      if (sameChoice(before, after)) return;
      if (after.inputId !== before.inputId) devices.freeMicrophone();
      const onlyNoise = sameChoice({ ...before, suppressNoise: after.suppressNoise }, after);
      if (isOpen) open(onlyNoise ? ['input'] : SIDES);
      else if (devices.some()) {
        putToRest();
        tell();
      }
    },
    retry: () => {
      devices.freeMicrophone();
      if (isOpen) open();
      else page?.send({ kind: 'list' });
    },
    held: devices.held,
    hold: devices.hold,
    devicesChanged: () => page?.send({ kind: 'list' }),
    close: () => {
      closed = true;
      stopJoining();
      stopLooking();
      cancelLinger();
      page?.send({ kind: 'close' });
    },
  };
}
