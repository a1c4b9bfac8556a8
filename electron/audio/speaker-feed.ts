import { FRAME_SAMPLES, type StereoFrame } from '../core/audio/frame.ts';
import type { Resampler } from './resampler.ts';
import { createSampleQueue } from './sample-queue.ts';

/** Samples over which sound comes back after a frame that was missing: 5 ms. */
const FADE_IN_SAMPLES = FRAME_SAMPLES / 4;

/** How a speaker takes its sound. */
type SpeakerFormat = {
  readonly channels: number;
  /** Samples of each channel in a piece. */
  readonly pieceSamples: number;
};

/** What stands between the app's frames and the card's pieces. */
export type SpeakerFeed = {
  /** Asks for the first frames. */
  readonly start: () => void;
  /** Takes the answer to a `need`. */
  readonly push: (frame: StereoFrame) => void;
  /** The next piece for the card, channels interleaved; made up when nothing came in time. */
  readonly nextPiece: () => Int16Array;
  /** Frames that were made up since this was asked last, not counting those before sound began. */
  readonly takeStarved: () => number;
};

/**
 * Turns frames of 20 ms at 8 kHz into pieces at the card's rate. A mono card gets the mean of both
 * ears; of more than two channels only the first two sound. No frame that is missing clicks: the last
 * one is played backwards, dying away, then silence, and sound comes back in 5 ms.
 * @param resamplers from 8 kHz to the card's rate: left and right, or one for a mono card
 * @param onNeed asks the app for a frame; `aheadFrames` are kept asked for or waiting
 */
export function createSpeakerFeed(
  { channels, pieceSamples }: SpeakerFormat,
  resamplers: readonly Resampler[],
  aheadFrames: number,
  onNeed: () => void,
): SpeakerFeed {
  const waiting: StereoFrame[] = [];
  const ready = createSampleQueue();
  let last: StereoFrame | null = null;
  let missing = false;
  let asked = 0;
  let starved = 0;

  const ask = (): void => {
    while (waiting.length + asked < aheadFrames) {
      asked += 1;
      onNeed();
    }
  };

  const nextFrame = (): StereoFrame => {
    const frame = waiting.shift();
    if (frame === undefined) {
      if (last === null) return new Int16Array(2 * FRAME_SAMPLES);
      starved += 1;
      const madeUp = missing ? new Int16Array(2 * FRAME_SAMPLES) : dyingEcho(last);
      missing = true;
      return madeUp;
    }
    const heard = missing || last === null ? fadedIn(frame) : frame;
    missing = false;
    last = frame;
    return heard;
  };

  const convert = (frame: StereoFrame): Int16Array => {
    const [first, second] = resamplers;
    if (first === undefined) throw new Error('A speaker needs a resampler.');
    if (channels === 1 || second === undefined) {
      return spread([first.convert(ear(frame, (left, right) => (left + right) / 2))], channels);
    }
    const left = first.convert(ear(frame, sample => sample));
    return spread([left, second.convert(ear(frame, (_, right) => right))], channels);
  };

  return {
    start: ask,
    push: frame => {
      asked = Math.max(0, asked - 1);
      waiting.push(frame);
    },
    nextPiece: () => {
      while (ready.length() < pieceSamples * channels) {
        ready.push(convert(nextFrame()));
        ask();
      }
      return ready.take(pieceSamples * channels);
    },
    takeStarved: () => {
      const frames = starved;
      starved = 0;
      return frames;
    },
  };
}

function ear(frame: StereoFrame, of: (left: number, right: number) => number): Int16Array {
  const samples = new Int16Array(FRAME_SAMPLES);
  for (let i = 0; i < FRAME_SAMPLES; i += 1) {
    samples[i] = of(frame[2 * i] ?? 0, frame[2 * i + 1] ?? 0);
  }
  return samples;
}

/** Puts signals side by side into the first channels. */
function spread(signals: readonly Int16Array[], channels: number): Int16Array {
  const [first = new Int16Array(0)] = signals;
  if (channels === 1) return first;
  const whole = new Int16Array(first.length * channels);
  for (let channel = 0; channel < 2; channel += 1) {
    const signal = signals[channel] ?? first;
    for (let i = 0; i < signal.length; i += 1) whole[i * channels + channel] = signal[i] ?? 0;
  }
  return whole;
}

/** A frame backwards, so that it goes on where the frame ended, falling to nothing. */
function dyingEcho(frame: StereoFrame): StereoFrame {
  const echo = new Int16Array(frame.length);
  for (let i = 0; i < FRAME_SAMPLES; i += 1) {
    const gain = 1 - (i + 1) / FRAME_SAMPLES;
    const from = FRAME_SAMPLES - 1 - i;
    echo[2 * i] = (frame[2 * from] ?? 0) * gain;
    echo[2 * i + 1] = (frame[2 * from + 1] ?? 0) * gain;
  }
  return echo;
}

function fadedIn(frame: StereoFrame): StereoFrame {
  const faded = frame.slice();
  for (let i = 0; i < FADE_IN_SAMPLES; i += 1) {
    const gain = i / FADE_IN_SAMPLES;
    faded[2 * i] = (frame[2 * i] ?? 0) * gain;
    faded[2 * i + 1] = (frame[2 * i + 1] ?? 0) * gain;
  }
  return faded;
}
