import type { Frame, StereoFrame } from '../core/audio/frame.ts';
import type { SoundChoice, SoundDevice } from '../core/sound.ts';

/**
 * What the app and the sound process tell each other. Frames travel as typed arrays in a structured
 * clone, never as text: a `need`, its `play` and a `captured`, each 20 ms, cost 50 µs of the app's
 * processor time and 80 µs of the sound process's together (Node, `serialization: 'advanced'`), however
 * many calls there are. They are copied, 640 and 320 bytes: Electron's `utilityProcess` transfers
 * message ports only, Node's channel to a child nothing, and neither shares memory between processes.
 */

/** One direction of the sound card. */
export type Side = 'input' | 'output';

/** Both directions, in the order they are opened: hearing comes first. */
export const SIDES = ['output', 'input'] as const;

/** Why a side could not be opened or went away. */
export type SideFault = 'missing' | 'busy' | 'lost' | 'hung';

/**
 * Which microphone may be opened: the chosen one or else the default, only the chosen one (so that
 * a call in progress is never heard through another), or none.
 */
export type MicrophoneRule = 'any' | 'chosen' | 'none';

/** The devices of one host API, and which host APIs there are. */
export type DeviceList = {
  /** Host APIs with devices, best first. */
  readonly hosts: readonly string[];
  readonly inputs: readonly SoundDevice[];
  readonly outputs: readonly SoundDevice[];
};

/** A device with what opening it takes. */
export type CardDevice = SoundDevice & {
  /** PortAudio's number of it, good until devices are looked for anew. */
  readonly index: number;
  readonly channels: number;
  readonly rateHz: number;
};

/** To the sound process. */
export type DeviceRequest =
  /** Tell which devices there are. Only works anew while nothing is open. */
  | { readonly kind: 'list'; readonly host: string | null }
  /** Close these sides, and open them as chosen; the list is told anew before. */
  | {
      readonly kind: 'open';
      readonly sides: readonly Side[];
      /** Comes back with each answer, so that late ones are known. */
      readonly turn: number;
      readonly choice: SoundChoice;
      readonly microphone: MicrophoneRule;
      /** The speaker that was open before, probably still the right one: it is sooner open so. */
      readonly known: CardDevice | null;
    }
  /** Close both sides. */
  | { readonly kind: 'close' }
  /** 20 ms to play, at 8 kHz: the answer to a `need`. */
  | { readonly kind: 'play'; readonly frame: StereoFrame }
  | { readonly kind: 'ping' };

/** From the sound process. */
export type DeviceReport =
  | ({ readonly kind: 'devices' } & DeviceList)
  | {
      readonly kind: 'opened';
      readonly side: Side;
      readonly turn: number;
      readonly device: CardDevice;
    }
  | {
      readonly kind: 'failed';
      readonly side: Side;
      readonly turn: number;
      readonly fault: SideFault;
      readonly detail: string;
    }
  | { readonly kind: 'closed' }
  /** This process cannot see devices anew any more and did not do what was asked: start another. */
  | { readonly kind: 'spent' }
  /** The card wants the next 20 ms: its clock is the clock of all playout. */
  | { readonly kind: 'need' }
  /** 20 ms from the microphone, at 8 kHz. */
  | { readonly kind: 'captured'; readonly frame: Frame }
  /** So many frames were not there in time since this was told last, and were concealed. */
  | { readonly kind: 'starved'; readonly frames: number }
  /** Noise is not taken out of the microphone, though it was asked for. */
  | { readonly kind: 'noise-kept'; readonly detail: string }
  | { readonly kind: 'pong' };
