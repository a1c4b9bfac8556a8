import { CONCEALMENT_HISTORY, Concealment } from '../../electron/core/audio/concealment.ts';
import { FRAME_SAMPLES, type StereoFrame } from '../../electron/core/audio/frame.ts';
import { createUpsampler, RATE_RATIO } from './phone-rate.ts';

/** Samples of one frame at the page's rate. */
const PIECE_SAMPLES = FRAME_SAMPLES * RATE_RATIO;

/** Frames before a gap that are kept to conceal it. */
const KEPT_FRAMES = Math.ceil(CONCEALMENT_HISTORY / FRAME_SAMPLES);

const FULL_SCALE = 32_768;

/** What stands between the app's frames and the page's speaker. */
export type SpeakerVoice = {
  /** Takes the answer to a need. */
  readonly push: (frame: StereoFrame) => void;
  /** Fills both ears. @returns frames to be asked for now */
  readonly fill: (left: Float32Array, right: Float32Array) => number;
  /** Frames that were made up since this was asked last, not counting those before sound began. */
  readonly takeStarved: () => number;
};

/** Builds it. @param aheadFrames frames kept asked for or waiting */
export function createSpeakerVoice(aheadFrames: number): SpeakerVoice {
  const waiting: StereoFrame[] = [];
  const ears = [createEar(0), createEar(1)] as const;
  let played = PIECE_SAMPLES;
  let asked = 0;
  let starved = 0;
  let begun = false;

  const next = (): void => {
    const frame = waiting.shift() ?? null;
    if (frame !== null) begun = true;
    else if (begun) starved += 1;
    for (const ear of ears) ear.take(begun ? frame : SILENT);
    played = 0;
  };

  return {
    push: frame => {
      asked = Math.max(0, asked - 1);
      waiting.push(frame);
    },
    fill: (left, right) => {
      for (let done = 0; done < left.length; ) {
        if (played === PIECE_SAMPLES) next();
        const count = Math.min(left.length - done, PIECE_SAMPLES - played);
        left.set(ears[0].piece.subarray(played, played + count), done);
        right.set(ears[1].piece.subarray(played, played + count), done);
        played += count;
        done += count;
      }
      const need = Math.max(0, aheadFrames - waiting.length - asked);
      asked += need;
      return need;
    },
    takeStarved: () => {
      const frames = starved;
      starved = 0;
      return frames;
    },
  };
}

const SILENT: StereoFrame = new Int16Array(2 * FRAME_SAMPLES);

/** One ear: its sound, made up where a frame is missing, at the page's rate. */
function createEar(at: 0 | 1) {
  const convert = createUpsampler();
  const concealment = new Concealment();
  const past = new Int16Array(KEPT_FRAMES * FRAME_SAMPLES);
  const frame = past.subarray(-FRAME_SAMPLES);
  const heard = new Float32Array(FRAME_SAMPLES);
  const piece = new Float32Array(PIECE_SAMPLES);
  let missing = false;

  const fill = (source: StereoFrame | null): void => {
    if (source === null) {
      if (!missing) concealment.begin(past.slice(-CONCEALMENT_HISTORY));
      past.copyWithin(0, FRAME_SAMPLES);
      concealment.make(frame);
    } else {
      past.copyWithin(0, FRAME_SAMPLES);
      for (let i = 0; i < FRAME_SAMPLES; i += 1) frame[i] = source[2 * i + at] ?? 0;
      if (missing) concealment.join(frame.subarray(0, concealment.joins(FRAME_SAMPLES)));
    }
    missing = source === null;
  };

  return {
    piece,
    take: (source: StereoFrame | null): void => {
      fill(source);
      for (let i = 0; i < FRAME_SAMPLES; i += 1) heard[i] = (frame[i] ?? 0) / FULL_SCALE;
      convert(heard, piece);
    },
  };
}
