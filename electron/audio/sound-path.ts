import type { Frame, StereoFrame } from '../core/audio/frame.ts';
import type { Clock } from '../core/clock.ts';
import type { SoundChoice, SoundDevice, SoundState } from '../core/sound.ts';
import type { Log } from '../log.ts';

/** A way to the speaker and the microphone. Sound goes on by itself, whatever happens to the devices. */
export type SoundPath = {
  /** Opens or closes the devices; closing waits a little, in case they are wanted again. */
  readonly want: (open: boolean) => void;
  /** Uses these devices from now on, at once when some are open. */
  readonly choose: (choice: SoundChoice) => void;
  /** Starts over: another list, another try. */
  readonly retry: () => void;
  /** Something was plugged in or out, or the default changed: looks again. */
  readonly devicesChanged: () => void;
  readonly close: () => void;
};

/** The microphone of a way to sound: open, or gone in a call, so that none was opened in its place. */
export type HeldMicrophone = { readonly device: SoundDevice; readonly isLost: boolean };

/** A way that can be left for another in the middle of a call. */
export type SoundWay = SoundPath & {
  /** The microphone in use; null when none is. */
  readonly held: () => HeldMicrophone | null;
  /** Opens no microphone but this one, under whatever name it has here, until somebody decides. */
  readonly hold: (microphone: SoundDevice) => void;
};

/** What a way to the speaker and the microphone needs of the rest. */
export type SoundPathPorts = {
  readonly clock: Clock;
  readonly log: Log;
  /** Gives the next 20 ms to play. The array is used again: copy what is kept. */
  readonly nextFrame: () => StereoFrame;
  readonly onCaptured: (frame: Frame) => void;
  readonly onState: (state: SoundState) => void;
};
