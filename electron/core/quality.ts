/** How the sound of one call goes. Frames are 20 ms; every count is since its first stream began. */
export type CallQuality = {
  readonly receivedFrames: number;
  /** Pieces made up because nothing had arrived in time. */
  readonly lateFrames: number;
  /** Frames that never arrived. */
  readonly missingFrames: number;
  /** Sound left out to catch up with the call, in ms. */
  readonly droppedMs: number;
  /** Sound stretched in to wait for what comes late, in ms. */
  readonly insertedMs: number;
  /** Sound that waits to be played now, in ms. */
  readonly depthMs: number;
  /** What the playout aims at now, in ms: 20 to 200. */
  readonly targetMs: number;
  /** How unevenly frames arrive, in ms. */
  readonly jitterMs: number;
  /** From the arrival of sound to its hand-over to the sound card, in ms: the mean of late. */
  readonly addedMs: number;
  /** Frames of this side that were left out because the connection did not take them. */
  readonly unsentFrames: number;
};

/** How good the sound of a call is, in one word. */
export type QualityGrade = 'good' | 'fair' | 'poor';

/** From this share of made-up or missing sound on, words are lost: people notice about 1 %, and mind 5 %. Source: ITU-T G.113 appendix I. */
const FAIR_LOSS = 0.01;
const POOR_LOSS = 0.05;

/** From this delay on, people begin to talk into each other. Source: ITU-T G.114 (150 ms one way, of which the phone network takes its part). */
const FAIR_ADDED_MS = 120;
const POOR_ADDED_MS = 300;

/** The share of sound that was made up or never came, 0 to 1. */
export function lossOf({ receivedFrames, lateFrames, missingFrames }: CallQuality): number {
  const all = receivedFrames + missingFrames;
  return all === 0 ? 0 : Math.min(1, Math.max(lateFrames, missingFrames) / all);
}

/** How good the sound is. */
export function gradeOf(quality: CallQuality): QualityGrade {
  const loss = lossOf(quality);
  if (loss >= POOR_LOSS || quality.addedMs >= POOR_ADDED_MS) return 'poor';
  return loss >= FAIR_LOSS || quality.addedMs >= FAIR_ADDED_MS ? 'fair' : 'good';
}
