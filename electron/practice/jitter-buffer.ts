import { FRAME_MS, type Frame, SILENCE } from '../core/audio/frame.ts';
import type { JitterBufferSize } from './conference-options.ts';

/** How long each size holds sound back, in ms. Source: `jitterBufferSize` of the `<Conference>` noun; the latency that Twilio's network adds is left out. */
const DELAY_MS: Readonly<Record<JitterBufferSize, number>> = {
  off: 0,
  small: 20,
  medium: 40,
  large: 60,
};

/** Frames that may wait beyond the delay: after a stall the clocks of the legs differ by so much. */
const SLACK_FRAMES = 100 / FRAME_MS;

/** A participant's sound on its way into a conference: what goes in comes out later, at an even pace. */
export class JitterBuffer {
  readonly #waiting: Frame[];
  readonly #mostFrames: number;
  #begun = false;

  constructor(size: JitterBufferSize) {
    const delayFrames = DELAY_MS[size] / FRAME_MS;
    this.#waiting = Array.from({ length: delayFrames }, () => SILENCE);
    this.#mostFrames = delayFrames + SLACK_FRAMES;
  }

  /** A frame arrives. When too many wait the oldest is lost. */
  push(frame: Frame): void {
    this.#begun = true;
    this.#waiting.push(frame);
    if (this.#waiting.length > this.#mostFrames) this.#waiting.shift();
  }

  /** The frame that is due; silence when it has not come. */
  next(): Frame {
    if (!this.#begun) return SILENCE;
    return this.#waiting.shift() ?? SILENCE;
  }
}
