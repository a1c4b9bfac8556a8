import type { Problem } from '../core/problem.ts';
import type {
  SoundChoice,
  SoundDevice,
  SoundPathName,
  SoundSide,
  SoundState,
} from '../core/sound.ts';
import type { LaunchDeviceProcess } from './device-link.ts';
import { matchDevice } from './same-device.ts';
import type { SoundPath, SoundPathPorts } from './sound-path.ts';

/** What both ways of sound need of the rest. */
type SoundPathsPorts = SoundPathPorts & {
  /** Starts the sound process. */
  readonly launch: LaunchDeviceProcess;
  readonly card: (ports: SoundPathPorts & { readonly launch: LaunchDeviceProcess }) => SoundPath;
  /** Null where there is no window. */
  readonly window: ((ports: SoundPathPorts) => SoundPath) | null;
  /** Sound goes another way than was asked for; null when that is over. */
  readonly onFallback: (problem: Problem | null) => void;
};

/** Both ways of sound as one, of which one is in use at a time. */
export type SoundPaths = SoundPath & {
  /** Uses this way from now on; at once, whatever calls do. */
  readonly use: (name: SoundPathName) => void;
};

/** The sound process may end so often without having opened anything before it is given up. */
const MOST_CRASHES = 3;

const FELL_BACK: Problem = {
  kind: 'sound-unavailable',
  message: 'The sound card cannot be used directly. Calls go on, with sound through the window.',
  remedy: 'Try again; if it stays so, install Earshot again.',
};

/**
 * Begins with the sound card. Switching closes one way before the other opens. A sound process that
 * does not live gives way to the window until somebody tries again.
 */
export function createSoundPaths(ports: SoundPathsPorts): SoundPaths {
  let asked: SoundPathName = 'card';
  let path: SoundPath | null = null;
  let choice: SoundChoice | null = null;
  let told: SoundChoice | null = null;
  let state: SoundState | null = null;
  let wanted = false;
  let crashes = 0;
  let fellBack = false;

  /** Only the way in use is heard and told of. */
  const portsFor = (own: object): SoundPathPorts => ({
    clock: ports.clock,
    log: ports.log,
    nextFrame: ports.nextFrame,
    onCaptured: frame => {
      if (own === token) ports.onCaptured(frame);
    },
    onState: next => {
      if (own !== token) return;
      state = next;
      tellChoice();
      // Another state was told on the way if the choice means another device now.
      if (state === next) ports.onState(choice === null ? next : renamed(next, choice));
    },
  });
  let token: object = {};

  /** The choice with the ids of the way in use: the same device has another name on each. */
  const tellChoice = (): void => {
    if (choice === null || path === null) return;
    const own = ownChoice(choice, state);
    if (told !== null && sameChoice(told, own)) return;
    told = own;
    path.choose(own);
  };

  const launch: LaunchDeviceProcess = ({ onReport, onExit }) => {
    let hasTold = false;
    let isEnded = false;
    const child = ports.launch({
      onReport: report => {
        if (report.kind === 'opened' || (report.kind === 'devices' && !wanted)) crashes = 0;
        if (report.kind === 'opened' || report.kind === 'devices') hasTold = true;
        onReport(report);
      },
      onExit: () => {
        onExit();
        if (!isEnded || !hasTold) crashed();
      },
    });
    return {
      send: child.send,
      kill: () => {
        isEnded = true;
        child.kill();
      },
    };
  };

  const usesWindow = (): boolean => ports.window !== null && (asked === 'window' || fellBack);

  /** Counts the end of a process that did not do its work. One that only looked for devices beside another does not matter. */
  const crashed = (): void => {
    if (path === null || usesWindow() || state?.output.status === 'open') return;
    crashes += 1;
    if (crashes < MOST_CRASHES || ports.window === null) return;
    ports.log.error({ crashes }, 'the sound process does not live: sound goes through the window');
    fellBack = true;
    open();
    ports.onFallback(FELL_BACK);
  };

  const open = (): void => {
    token = {};
    path?.close();
    path = null;
    told = null;
    state = null;
    const own = portsFor(token);
    path =
      usesWindow() && ports.window !== null ? ports.window(own) : ports.card({ ...own, launch });
    tellChoice();
    path.want(wanted);
  };

  const endFallback = (): void => {
    crashes = 0;
    if (!fellBack) return;
    fellBack = false;
    ports.onFallback(null);
  };

  open();
  return {
    use: name => {
      if (name === asked) return;
      const before = usesWindow();
      asked = name;
      endFallback();
      if (usesWindow() !== before) open();
    },
    want: needed => {
      wanted = needed;
      path?.want(needed);
    },
    choose: next => {
      choice = next;
      tellChoice();
    },
    retry: () => {
      if (!fellBack) return path?.retry();
      endFallback();
      open();
    },
    devicesChanged: () => path?.devicesChanged(),
    close: () => {
      token = {};
      path?.close();
      path = null;
    },
  };
}

/** The choice with the ids that the devices have on this way. */
function ownChoice(choice: SoundChoice, state: SoundState | null): SoundChoice {
  if (state === null) return choice;
  return {
    ...choice,
    inputId: matchDevice(state.inputs, choice.inputId)?.id ?? choice.inputId,
    outputId: matchDevice(state.outputs, choice.outputId)?.id ?? choice.outputId,
  };
}

/** The state with the ids that were chosen, so that what is chosen is found in the lists. */
function renamed(state: SoundState, choice: SoundChoice): SoundState {
  const rename = (devices: readonly SoundDevice[], chosenId: string | null) => {
    const ownId = matchDevice(devices, chosenId)?.id;
    return (device: SoundDevice): SoundDevice =>
      chosenId !== null && device.id === ownId ? { ...device, id: chosenId } : device;
  };
  const input = rename(state.inputs, choice.inputId);
  const output = rename(state.outputs, choice.outputId);
  const side = (now: SoundSide, own: (device: SoundDevice) => SoundDevice): SoundSide =>
    'device' in now ? { ...now, device: own(now.device) } : now;
  return {
    ...state,
    inputs: state.inputs.map(input),
    outputs: state.outputs.map(output),
    input: side(state.input, input),
    output: side(state.output, output),
  };
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
