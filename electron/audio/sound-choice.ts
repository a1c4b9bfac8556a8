import type { SoundChoice, SoundDevice } from '../core/sound.ts';
import { findDevice } from './device-list.ts';
import type { Side } from './device-messages.ts';
import { matchDevice } from './same-device.ts';

type Devices = {
  readonly inputs: readonly SoundDevice[];
  readonly outputs: readonly SoundDevice[];
};

/** What holds until somebody chooses. */
export const DEFAULT_CHOICE: SoundChoice = {
  inputId: null,
  outputId: null,
  host: null,
  latency: 'balanced',
  suppressNoise: false,
};

/** Whether two choices are one. */
export function sameChoice(a: SoundChoice, b: SoundChoice): boolean {
  return (
    a.inputId === b.inputId &&
    a.outputId === b.outputId &&
    a.host === b.host &&
    a.latency === b.latency &&
    a.suppressNoise === b.suppressNoise
  );
}

/**
 * The choice with the ids that its devices have in these lists: one that was chosen on another way to
 * sound has another id there. What is not there keeps the id it was chosen by.
 */
export function ownChoice(choice: SoundChoice, { inputs, outputs }: Devices): SoundChoice {
  return {
    ...choice,
    inputId: matchDevice(inputs, choice.inputId)?.id ?? choice.inputId,
    outputId: matchDevice(outputs, choice.outputId)?.id ?? choice.outputId,
  };
}

/** The device that is opened for a choice; null when there is none. */
export function chosenDevice(
  side: Side,
  { inputs, outputs }: Devices,
  { inputId, outputId }: SoundChoice,
): SoundDevice | null {
  return side === 'input' ? findDevice(inputs, inputId) : findDevice(outputs, outputId);
}
