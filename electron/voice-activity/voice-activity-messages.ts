import type { HelperOptions } from '../processes/helper-process.ts';

/** How the process that listens for voices is started. */
export const VOICE_ACTIVITY_PROCESS = {
  name: 'voice-activity-process',
  title: 'Earshot voice activity',
  threads: 1,
} as const satisfies HelperOptions;

/** Sound of many sides at once. Each is known by a number that is never used again. */
export type VoiceActivityRequest = {
  /** Three numbers for each piece of sound, in order: its side, its place in samples of the call, its length in samples. */
  readonly pieces: Int32Array;
  /** The sound of all pieces, one behind the other: µ-law, 8 kHz. */
  readonly sound: Uint8Array;
  /** Sides of which nothing came any more: whoever talked there stopped. */
  readonly stalled: readonly number[];
  /** Sides that are over. */
  readonly forgotten: readonly number[];
};

/** What the process tells. Every request is answered by one `heard`. */
export type VoiceActivityReport =
  | { readonly kind: 'ready' }
  /** It can never listen on this computer. */
  | { readonly kind: 'failed'; readonly detail: string }
  /** Three numbers for each turn, in order: the side, 1 when it began to talk or 0 when it stopped, where in samples of the call. */
  | { readonly kind: 'heard'; readonly turns: Int32Array };
