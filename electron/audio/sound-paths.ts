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
import type { HeldMicrophone, SoundPath, SoundPathPorts, SoundWay } from './sound-path.ts';

/** The sound card tells its processes from those that only look for devices beside one. */
type CardPorts = SoundPathPorts & {
  readonly launch: LaunchDeviceProcess;
  readonly launchProbe: LaunchDeviceProcess;
};

/** What both ways of sound need of the rest. */
type SoundPathsPorts = SoundPathPorts & {
  /** Starts the sound process. */
  readonly launch: LaunchDeviceProcess;
  readonly card: (ports: CardPorts) => SoundWay;
  /** Null where there is no window. */
  readonly window: ((ports: SoundPathPorts) => SoundWay) | null;
  /** Sound goes another way than was asked for; null when that is over. */
  readonly onFallback: (problem: Problem | null) => void;
};

/** Both ways of sound as one, of which one is in use at a time. */
export type SoundPaths = SoundPath & {
  /** Uses this way from now on; at once, whatever calls do. */
  readonly use: (name: SoundPathName) => void;
};

/** The sound process may end so often, each time soon after it began, before it is given up. */
const MOST_CRASHES = 3;

/** A process that lived for so long was well: its crash is a first one. As in device-link.ts. */
const CALM_MS = 5000;

/** What Linux' sound systems call whatever microphone is in use: it has no name to be found by elsewhere. */
const ROLES = /^(default|sysdefault|pulse|pipewire)$/i;

const FELL_BACK: Problem = {
  kind: 'sound-unavailable',
  message: 'The sound card cannot be used directly. Calls go on, with sound through the window.',
  remedy: 'Try again; if it stays so, install Earshot again.',
};

/**
 * Begins with the sound card. Switching tells one way to close before the other opens, and does not wait
 * until it has: a device that is not let go yet is busy, and tried again. A microphone that was unplugged
 * in a call stays closed on the other way. A sound process that does not live gives way to the window
 * until somebody tries again; then only the microphone that was open may be opened.
 */
export function createSoundPaths(ports: SoundPathsPorts): SoundPaths {
  let asked: SoundPathName = 'card';
  let path: SoundWay | null = null;
  let choice: SoundChoice | null = null;
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
      ports.onState(choice === null ? next : renamed(next, choice));
    },
  });
  let token: object = {};

  /** Starts processes for one way, and counts those that do not live as long as it is in use. */
  const launchFor = (own: object): LaunchDeviceProcess => {
    return ({ onReport, onExit }) => {
      const startedAt = ports.clock.monotonic();
      let hasTold = false;
      let isEnded = false;
      const child = ports.launch({
        onReport: report => {
          if (report.kind === 'opened' || report.kind === 'devices') hasTold = true;
          onReport(report);
        },
        onExit: () => {
          const isCrash = own === token && (!isEnded || !hasTold);
          onExit();
          if (isCrash) crashed(ports.clock.monotonic() - startedAt);
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
  };

  const usesWindow = (): boolean => ports.window !== null && (asked === 'window' || fellBack);

  const crashed = (livedMs: number): void => {
    if (livedMs > CALM_MS) crashes = 0;
    crashes += 1;
    if (crashes < MOST_CRASHES || ports.window === null) return;
    ports.log.error({ crashes }, 'the sound process does not live: sound goes through the window');
    const held = path?.held() ?? null;
    const isRole = held !== null && !held.isLost && ROLES.test(held.device.name);
    fellBack = true;
    open(isRole ? null : held);
    ports.onFallback(FELL_BACK);
  };

  /** @param held the only microphone that may be opened in the call there is */
  const open = (held: HeldMicrophone | null): void => {
    token = {};
    path?.close();
    path = null;
    const own = portsFor(token);
    path =
      usesWindow() && ports.window !== null
        ? ports.window(own)
        : ports.card({ ...own, launch: launchFor(token), launchProbe: ports.launch });
    if (choice !== null) path.choose(choice);
    if (wanted && held !== null) path.hold(held.device);
    path.want(wanted);
  };

  const endFallback = (): void => {
    crashes = 0;
    if (!fellBack) return;
    fellBack = false;
    ports.onFallback(null);
  };

  open(null);
  return {
    use: name => {
      if (name === asked) return;
      const before = usesWindow();
      const held = path?.held() ?? null;
      asked = name;
      endFallback();
      if (usesWindow() !== before) open(held?.isLost === true ? held : null);
    },
    want: needed => {
      wanted = needed;
      path?.want(needed);
    },
    choose: next => {
      choice = next;
      path?.choose(next);
    },
    retry: () => {
      if (!fellBack) return path?.retry();
      endFallback();
      open(null);
    },
    devicesChanged: () => path?.devicesChanged(),
    close: () => {
      token = {};
      path?.close();
      path = null;
    },
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
