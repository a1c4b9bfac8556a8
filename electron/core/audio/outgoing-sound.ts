import { type Frame, framesOf } from './frame.ts';

/** Microphone frames that may wait to be sent: 100 ms. Older ones are dropped, so that speech never lags. */
const MOST_WAITING_FRAMES = 5;

/** A frame to send and where it came from. */
export type OutgoingFrame = {
  readonly frame: Frame;
  readonly source: 'clip' | 'loop' | 'microphone';
};

/**
 * What goes out on one stream, frame by frame: clips (key tones, a file) first, then hold music
 * while held, then the microphone.
 */
export class OutgoingSound {
  #clips: Frame[] = [];
  #microphone: Frame[] = [];
  #loop: readonly Frame[] = [];
  #loopAt = 0;
  #dropped = 0;

  /** Microphone frames dropped because they could not be sent in time. */
  get dropped(): number {
    return this.#dropped;
  }

  /** True when nothing waits to be sent. */
  get idle(): boolean {
    return this.#clips.length === 0 && this.#microphone.length === 0 && this.#loop.length === 0;
  }

  /** Whether a clip is being sent. */
  get playsClip(): boolean {
    return this.#clips.length > 0;
  }

  /** Queues a clip after those already queued. */
  playClip(samples: Int16Array): void {
    this.#clips.push(...framesOf(samples));
  }

  /** Repeats these frames whenever no clip plays, instead of the microphone; an empty list stops it. */
  playLoop(frames: readonly Frame[]): void {
    if (frames === this.#loop) return;
    this.#loop = frames;
    this.#loopAt = 0;
  }

  /** Queues a microphone frame. */
  speak(frame: Frame): void {
    this.#microphone.push(frame);
    if (this.#microphone.length > MOST_WAITING_FRAMES) {
      this.#microphone.shift();
      this.#dropped += 1;
    }
  }

  /** Forgets the microphone frames that wait: what the gate no longer allows must not go out. */
  silenceMicrophone(): void {
    this.#microphone.length = 0;
  }

  /** The next frame to send, or null when there is nothing to say. */
  next(): OutgoingFrame | null {
    const clip = this.#clips.shift();
    if (clip !== undefined) return { frame: clip, source: 'clip' };
    const loop = this.#loop[this.#loopAt % Math.max(1, this.#loop.length)];
    if (loop !== undefined) {
      this.#loopAt += 1;
      return { frame: loop, source: 'loop' };
    }
    const spoken = this.#microphone.shift();
    return spoken === undefined ? null : { frame: spoken, source: 'microphone' };
  }
}
