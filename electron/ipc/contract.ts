import type { Zoom } from '../core/audio/waveform-record.ts';
import type { CallId } from '../core/call.ts';
import type { Command, CommandName } from '../core/commands.ts';
import type { Outcome } from '../core/outcome.ts';
import type { Signals, WaveformPart } from '../core/signals.ts';
import type { ConsoleState } from '../core/state.ts';

/** What the window asks of the main process. Every argument is validated there. */
type Calls = {
  /** Asks for a command; answers once it is accepted or refused. Its effect arrives as state. */
  readonly run: <Name extends CommandName>(
    command: Extract<Command, { command: Name }>,
  ) => Promise<Outcome<Name>>;
  /** The whole state now, for a window that has just opened. */
  readonly snapshot: () => Promise<ConsoleState>;
  /**
   * A stretch of a call's waveform, of a live call or of a kept recording; null when there is none.
   * A byte is the peak of `zoom` frames of 20 ms. Times are those of the call's sound.
   * @param first index of its first byte @param count bytes wanted, at most 20,000
   */
  readonly waveform: (
    callId: CallId,
    zoom: Zoom,
    first: number,
    count: number,
  ) => Promise<WaveformPart | null>;
  /** Asks with the system's own sheet where to save a file; null when the person thought better of it. */
  readonly saveAs: (name: string) => Promise<string | null>;
  /** Lends this page's sound to the app: a port comes with a message of the window, `SOUND_PORT`. */
  readonly joinSound: () => Promise<void>;
};

/** What the main process tells the window. */
export type Pushes = {
  readonly state: ConsoleState;
  readonly signals: Signals;
  /** The person asked, outside the window, to see a call. */
  readonly showCall: CallId;
  /** A number from a link, for the palette: plus sign and digits. @field extension digits to press later */
  readonly offered: { readonly number: string; readonly extension: string | null };
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
  /** Calls `listener` with each call that is to be shown; returns how to stop. */
  readonly onShowCall: (listener: (callId: Pushes['showCall']) => void) => () => void;
  /** Calls `listener` with each number a link offers; returns how to stop. */
  readonly onOffered: (listener: (number: Pushes['offered']) => void) => () => void;
};

/** Names of the channels between window and main process. */
export const CHANNELS = {
  run: 'run',
  snapshot: 'snapshot',
  waveform: 'waveform',
  saveAs: 'save-as',
  joinSound: 'join-sound',
  soundPort: 'sound-port',
  state: 'state',
  signals: 'signals',
  showCall: 'show-call',
  offered: 'offered',
} as const;

/** The message of the window that brings the port for its sound. */
export const SOUND_PORT = 'earshot-sound-port';
