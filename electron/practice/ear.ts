import { FRAME_MS, type Frame } from '../core/audio/frame.ts';

/** RMS above which a frame counts as voice: −42 dB of full scale, well over line noise. */
const VOICE_RMS = 260;

/** Voice must last this long to count, so that a click does not. */
const ONSET_FRAMES = 3;

/** Hears whether the other side speaks, by loudness alone. */
export class Ear {
  #loudFrames = 0;
  #quietMs = 0;
  #voicedMs = 0;

  /** How long it has been quiet, in milliseconds; 0 while somebody speaks. */
  get quietMs(): number {
    return this.#quietMs;
  }

  /** How much voice was heard in all, in milliseconds. */
  get voicedMs(): number {
    return this.#voicedMs;
  }

  /** Takes in the next 20 ms. */
  hear(frame: Frame): void {
    this.#loudFrames = rms(frame) > VOICE_RMS ? this.#loudFrames + 1 : 0;
    if (this.#loudFrames >= ONSET_FRAMES) {
      this.#quietMs = 0;
      this.#voicedMs += FRAME_MS;
    } else {
      this.#quietMs += FRAME_MS;
    }
  }
}

function rms(frame: Frame): number {
  let energy = 0;
  for (const sample of frame) energy += sample * sample;
  return Math.sqrt(energy / frame.length);
}
