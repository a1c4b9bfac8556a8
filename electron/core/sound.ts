import type { Problem } from './problem.ts';

/** One microphone or speaker of this computer. */
export type SoundDevice = {
  /** Stable across restarts as far as the system allows: host API and name. */
  readonly id: string;
  /** The name as the system writes it. */
  readonly name: string;
  readonly isDefault: boolean;
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
};

/** No sound card asked for, as when headless. */
export const SOUND_OFF: SoundState = {
  inputs: [],
  outputs: [],
  input: { status: 'off' },
  output: { status: 'off' },
};
