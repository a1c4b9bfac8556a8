import type { Frame } from '../core/audio/frame.ts';

/** Mean square above which somebody speaks: −42 dB of full scale. */
const AUDIBLE = 260 ** 2;

/** Loud frames in a row that begin speech: 60 ms, longer than a click. */
const FRAMES_TO_START = 3;

/** Quiet frames in a row that end it: half a second, longer than a pause between words. */
const FRAMES_TO_STOP = 25;

/** Finds where somebody begins and stops to speak. */
export class SpeechDetector {
  #speaking = false;
  #against = 0;

  /** Whether speech has begun or stopped with this frame; undefined when all is as before. */
  next(frame: Frame): 'start' | 'stop' | undefined {
    const loud = energyOf(frame) > AUDIBLE;
    this.#against = loud === this.#speaking ? 0 : this.#against + 1;
    if (this.#against < (this.#speaking ? FRAMES_TO_STOP : FRAMES_TO_START)) return undefined;
    this.#against = 0;
    this.#speaking = loud;
    return loud ? 'start' : 'stop';
  }
}

function energyOf(frame: Frame): number {
  let sum = 0;
  for (const sample of frame) sum += sample * sample;
  return sum / Math.max(1, frame.length);
}
