/** How loud a voice is in each ear; 1 is as received, 0 is silence. */
export type StereoGain = { readonly left: number; readonly right: number };

/**
 * The gains of a voice at a place in the stereo field: a balance. The ear it leans to keeps the
 * gain, in the other the power falls evenly with the way (half of it, -3 dB, at half way). So the
 * middle is as loud as the plain mono sound, and no place is louder than it. Constant power would
 * take 3 dB off every call that stands in the middle, which is where all calls begin.
 * @param gain 0 and more @param pan -1 left, 0 in the middle, 1 right
 */
export function panned(gain: number, pan: number): StereoGain {
  const far = gain * Math.sqrt(Math.max(0, 1 - Math.abs(pan)));
  if (pan === 0) return { left: gain, right: gain };
  return pan < 0 ? { left: gain, right: far } : { left: far, right: gain };
}

/** One voice's way into the mix: its gains glide over 10 ms, so that nothing clicks. */
export class Fader {
  #left: number;
  #right: number;

  /** @param start the gains from which the first glide begins; silence unless told */
  constructor(start: StereoGain = { left: 0, right: 0 }) {
    this.#left = start.left;
    this.#right = start.right;
  }

  /** The gain in the left ear at the end of the last frame. */
  get left(): number {
    return this.#left;
  }

  /** The gain in the right ear at the end of the last frame. */
  get right(): number {
    return this.#right;
  }

  /**
   * Whether the voice was heard at the end of the last frame. Every glide is over by then, so this
   * is also what it was last meant to be. One that is audible and shall be silent has to be mixed
   * once more to fade out; one that is neither needs no mixing, and no decoding, at all.
   */
  get audible(): boolean {
    return this.#left !== 0 || this.#right !== 0;
  }

  /** Notes where a glide ended. */
  arrive({ left, right }: StereoGain): void {
    this.#left = left;
    this.#right = right;
  }
}
