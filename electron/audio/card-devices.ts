import type { SoundChoice, SoundDevice } from '../core/sound.ts';
import type { DeviceList, Side } from './device-messages.ts';
import { type DeviceMove, defaultId, deviceMove, hasDevice } from './device-moves.ts';
import { matchDevice } from './same-device.ts';
import { ownChoice } from './sound-choice.ts';
import type { HeldMicrophone } from './sound-path.ts';

/** The devices there are, which are in use, and the microphone that went away in a call. */
type CardDevices = {
  readonly list: () => DeviceList;
  /** Whether there is any. */
  readonly some: () => boolean;
  readonly inUse: (side: Side) => SoundDevice | null;
  /** The microphone that went away; none is opened in its place until it is back or somebody decides. */
  readonly lost: () => SoundDevice | null;
  /** Takes a new list while nothing is open. @returns whether it differs */
  readonly learn: (fresh: DeviceList, choice: SoundChoice) => boolean;
  /** Takes a new list while something is open. @returns what it means for that */
  readonly review: (fresh: DeviceList, choice: SoundChoice) => DeviceMove;
  readonly use: (side: Side, device: SoundDevice) => void;
  /** The speaker could not be opened. */
  readonly dropSpeaker: () => void;
  /** The microphone in use, if any, went away. */
  readonly loseMicrophone: () => void;
  /** None is opened in the place of this one until it is seen, also under another name of the same device. */
  readonly hold: (microphone: SoundDevice) => void;
  /** The microphone in use, or the one that went away. */
  readonly held: () => HeldMicrophone | null;
  /** Any microphone may be opened again. */
  readonly freeMicrophone: () => void;
  /** Somebody chose another microphone, or a host API, which brings no lost one back. */
  readonly chooseAnew: (before: SoundChoice, after: SoundChoice) => void;
  /** Nothing is in use. */
  readonly free: () => void;
};

/** Keeps account of devices. */
export function createCardDevices(): CardDevices {
  let list: DeviceList = { hosts: [], inputs: [], outputs: [] };
  /** With the default of that time, once it is known. */
  let lost: { readonly device: SoundDevice; readonly defaultId?: string | null } | null = null;
  const inUse: Record<Side, SoundDevice | null> = { input: null, output: null };

  const loseMicrophone = (): void => {
    if (inUse.input !== null) lost = { device: inUse.input, defaultId: defaultId(list.inputs) };
  };

  const freeMicrophone = (): void => {
    lost = null;
    inUse.input = null;
  };

  const hold = (device: SoundDevice): void => {
    inUse.input = null;
    lost = { device };
  };

  const reviewInput = (before: DeviceList, { inputId }: SoundChoice): DeviceMove => {
    const move = deviceMove(before.inputs, list.inputs, inputId, inUse.input);
    if (move === 'gone') loseMicrophone();
    if (move === 'move') freeMicrophone();
    return move;
  };

  /** The lost microphone is back, or another was plugged in that is to be used. */
  const lookForLost = ({ inputId }: SoundChoice): DeviceMove => {
    if (lost === null) return 'stay';
    const back = matchDevice(list.inputs, lost.device.id);
    if (back !== null) {
      lost = null;
      inUse.input = back;
      return 'move';
    }
    const standard = defaultId(list.inputs);
    lost = { defaultId: standard, ...lost };
    const isChosenHere = inputId !== null && hasDevice(list.inputs, inputId);
    const isFollowed = inputId === null && standard !== lost.defaultId;
    if (!isChosenHere && !isFollowed) return 'stay';
    freeMicrophone();
    return 'move';
  };

  return {
    list: () => list,
    some: () => list.inputs.length + list.outputs.length > 0,
    inUse: side => inUse[side],
    lost: () => lost?.device ?? null,
    learn: (fresh, choice) => {
      const before = list;
      list = fresh;
      lookForLost(ownChoice(choice, fresh));
      return !sameDevices(before, fresh);
    },
    review: (fresh, choice) => {
      const before = list;
      list = fresh;
      const own = ownChoice(choice, fresh);
      const moves = [
        deviceMove(before.outputs, fresh.outputs, own.outputId, inUse.output),
        lost === null ? reviewInput(before, own) : lookForLost(own),
      ];
      return moves.find(move => move === 'gone') ?? moves.find(move => move === 'move') ?? 'stay';
    },
    use: (side, device) => {
      inUse[side] = device;
    },
    dropSpeaker: () => {
      inUse.output = null;
    },
    loseMicrophone,
    hold,
    held: () => {
      const device = lost?.device ?? inUse.input;
      return device === null ? null : { device, isLost: lost !== null };
    },
    freeMicrophone,
    chooseAnew: (before, after) => {
      if (after.inputId !== before.inputId) freeMicrophone();
      else if (after.host === before.host) return;
      // What the other host API calls devices is not known yet.
      else if (lost !== null) hold(lost.device);
      else freeMicrophone();
    },
    free: () => {
      freeMicrophone();
      inUse.output = null;
    },
  };
}

function sameDevices(a: DeviceList, b: DeviceList): boolean {
  const names = ({ hosts, inputs, outputs }: DeviceList): string =>
    JSON.stringify([
      hosts,
      ...[inputs, outputs].map(all => all.map(({ id, isDefault }) => [id, isDefault])),
    ]);
  return names(a) === names(b);
}
