import type { Problem } from './problem.ts';

/** One microphone or speaker of this computer. */
export type SoundDevice = {
  /** Stable across restarts as far as the system allows: host API and name. */
  readonly id: string;
  /** The name as the system writes it. */
  readonly name: string;
  readonly isDefault: boolean;
  /** Part of the computer itself, as far as its name tells: loudspeaker and microphone hear each other. */
  readonly isBuiltIn: boolean;
};

/**
 * The way sound takes: `card` is the system's own devices through the sound process; `window` is the
 * page's Web Audio, which takes the echo of open speakers out of the microphone.
 */
export const SOUND_PATHS = ['card', 'window'] as const;

/** The way sound takes. */
export type SoundPathName = (typeof SOUND_PATHS)[number];

/** How much sound is kept ahead for the card: more survives a busy computer, less is heard sooner. */
export const LATENCIES = ['safe', 'balanced', 'low'] as const;

/** How much sound is kept ahead for the card. */
export type Latency = (typeof LATENCIES)[number];

/** Which devices to use, and how. A null id follows the system's default. */
export type SoundChoice = {
  readonly inputId: string | null;
  readonly outputId: string | null;
  /** PortAudio's name of the host API, such as `Windows WASAPI`; null takes the best of this system. */
  readonly host: string | null;
  readonly latency: Latency;
  /** Whether noise is taken out of the own microphone. */
  readonly suppressNoise: boolean;
};

/** What one direction of the sound card does now. It is open only while a call or a sound check needs it. */
export type SoundSide =
  | { readonly status: 'ready'; readonly device: SoundDevice }
  | { readonly status: 'opening' }
  | { readonly status: 'open'; readonly device: SoundDevice }
  | { readonly status: 'failed'; readonly problem: Problem }
  | { readonly status: 'off' };

/** The sound of this computer: what there is, what is open. */
export type SoundState = {
  readonly inputs: readonly SoundDevice[];
  readonly outputs: readonly SoundDevice[];
  readonly input: SoundSide;
  readonly output: SoundSide;
  /** The way sound takes now. */
  readonly path: SoundPathName;
  /** Host APIs with devices, best first; more than one only on Windows and Linux. */
  readonly hosts: readonly string[];
};

/** No sound card asked for, as when headless. */
export const SOUND_OFF: SoundState = {
  inputs: [],
  outputs: [],
  input: { status: 'off' },
  output: { status: 'off' },
  path: 'card',
  hosts: [],
};
