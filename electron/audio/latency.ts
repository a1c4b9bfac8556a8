import type { Latency } from '../core/sound.ts';

/** How sound is kept ahead for the card. */
export type LatencyPlan = {
  /** Frames of 20 ms asked for ahead: what the way to the app and a busy app may take. */
  readonly aheadFrames: number;
  /** Length of one piece handed to or taken from the card. */
  readonly pieceMs: number;
  /** Pieces queued towards the card: what a busy sound process may take. */
  readonly queuedPieces: number;
};

/**
 * What each choice keeps ahead. Measured on a virtual card that plays into its own microphone, from the
 * app's frame to the frame captured: low 60 ms, balanced 90 ms, safe 220 ms. The app may stand still
 * for 15, 30 and 60 ms without a frame missing.
 */
export const LATENCY_PLANS: Readonly<Record<Latency, LatencyPlan>> = {
  low: { aheadFrames: 1, pieceMs: 5, queuedPieces: 2 },
  balanced: { aheadFrames: 2, pieceMs: 10, queuedPieces: 2 },
  safe: { aheadFrames: 5, pieceMs: 20, queuedPieces: 3 },
};
