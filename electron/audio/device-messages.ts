import type { Frame } from '../core/audio/frame.ts';
import type { SoundDevice } from '../core/sound.ts';

/** One direction of the sound card. */
export type Side = 'input' | 'output';

/** Why a side could not be opened or went away. */
export type SideFault = 'missing' | 'busy' | 'lost' | 'hung';

/** To the sound process. */
export type DeviceRequest =
  /** Tell which devices there are. Only works anew while nothing is open. */
  | { readonly kind: 'list' }
  /** Open both sides; null takes the system's default. */
  | { readonly kind: 'open'; readonly inputId: string | null; readonly outputId: string | null }
  /** Close both sides. */
  | { readonly kind: 'close' }
  /** 20 ms to play, at 8 kHz: the answer to a `need`. */
  | { readonly kind: 'play'; readonly frame: Frame }
  | { readonly kind: 'ping' };

/** From the sound process. */
export type DeviceReport =
  | {
      readonly kind: 'devices';
      readonly inputs: readonly SoundDevice[];
      readonly outputs: readonly SoundDevice[];
    }
  | { readonly kind: 'opened'; readonly side: Side; readonly device: SoundDevice }
  | {
      readonly kind: 'failed';
      readonly side: Side;
      readonly fault: SideFault;
      readonly detail: string;
    }
  | { readonly kind: 'closed' }
  /** The card wants the next 20 ms: its clock is the clock of all playout. */
  | { readonly kind: 'need' }
  /** 20 ms from the microphone, at 8 kHz. */
  | { readonly kind: 'captured'; readonly frame: Frame }
  | { readonly kind: 'pong' };
