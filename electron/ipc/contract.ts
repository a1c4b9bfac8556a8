import type { CallId } from '../core/call.ts';
import type { Command, CommandName, Outcome } from '../core/commands.ts';
import type { Signals, Waveform } from '../core/signals.ts';
import type { ConsoleState } from '../core/state.ts';

/** What the window asks of the main process. Every argument is validated there. */
type Calls = {
  /** Asks for a command; answers once it is accepted or refused. Its effect arrives as state. */
  readonly run: <Name extends CommandName>(
    command: Extract<Command, { command: Name }>,
  ) => Promise<Outcome<Name>>;
  /** The whole state now, for a window that has just opened. */
  readonly snapshot: () => Promise<ConsoleState>;
  /** The waveform of a call so far, for a window that did not see it grow; null when unknown. */
  readonly waveform: (callId: CallId) => Promise<Waveform | null>;
};

/** What the main process tells the window. */
export type Pushes = {
  readonly state: ConsoleState;
  readonly signals: Signals;
};

/** The one object the window sees of the main process: `window.earshot`. */
export type EarshotApi = Calls & {
  /** The operating system, for key names and window controls. */
  readonly platform: 'darwin' | 'win32' | 'linux';
  /** The version of this app. */
  readonly version: string;
  /** Calls `listener` with each new state; returns how to stop. */
  readonly onState: (listener: (state: Pushes['state']) => void) => () => void;
  /** Calls `listener` with each batch of signals; returns how to stop. */
  readonly onSignals: (listener: (signals: Pushes['signals']) => void) => () => void;
};

/** Names of the channels between window and main process. */
export const CHANNELS = {
  run: 'run',
  snapshot: 'snapshot',
  waveform: 'waveform',
  state: 'state',
  signals: 'signals',
} as const;
