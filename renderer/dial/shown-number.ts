import type { PhoneNumber } from '../../electron/core/phone-number.ts';
import type { ConsoleState } from '../../electron/core/state.ts';

/** The number chosen to be shown to those who are called; null shows the line's own. */
export function shownNumber({ settings, line }: ConsoleState): PhoneNumber | null {
  const { callerId } = settings;
  return line.callerIds.some(({ number }) => number === callerId) ? callerId : null;
}

/** The command that calls a number, showing the number that was chosen. */
export function dialCommand(to: string, state: ConsoleState) {
  const from = shownNumber(state);
  return from === null
    ? ({ command: 'dial', to } as const)
    : ({ command: 'dial', to, from } as const);
}
