import type { CallId } from './call.ts';

/** How fast sound is played again. */
export const REPLAY_SPEEDS = [0.75, 1, 1.25, 1.5, 2] as const;

/** How fast sound is played again; 1 is as it was said. */
export type ReplaySpeed = (typeof REPLAY_SPEEDS)[number];

/** Sound of the past that is played here, to the speaker only. */
export type Replay = {
  readonly callId: CallId;
  /** `live`: a call that goes on, rewound; it ends by itself when it has caught up. */
  readonly source: 'live' | 'kept';
  readonly playing: boolean;
  readonly speed: ReplaySpeed;
  /** Whether pauses in which nobody speaks are left out. */
  readonly skipSilence: boolean;
};
