import { FRAME_SAMPLES, type Frame, SILENCE } from '../core/audio/frame.ts';

/** Sound of the app that may wait to be played: ten minutes. */
const MAX_SAMPLES = 10 * 60 * 8000;

type Mark = { readonly name: string; readonly at: number };

/** The line's buffer for what the app sends on a stream: played in order, with marks between the sounds. */
export class Playout {
  readonly #onMark: (name: string) => void;
  readonly #waiting: Int16Array[] = [];
  #marks: Mark[] = [];
  #pushed = 0;
  #played = 0;
  #headAt = 0;

  /** @param onMark told of every mark once all sound sent before it was played or cleared */
  constructor(onMark: (name: string) => void) {
    this.#onMark = onMark;
  }

  /** Samples that wait to be played. */
  get waitingSamples(): number {
    return this.#pushed - this.#played;
  }

  /** Adds sound of any length; false when the buffer is full and the sound was dropped. */
  push(samples: Int16Array): boolean {
    if (this.waitingSamples + samples.length > MAX_SAMPLES) return false;
    this.#waiting.push(samples);
    this.#pushed += samples.length;
    return true;
  }

  /** Adds a mark behind the sound that waits now. */
  mark(name: string): void {
    this.#marks.push({ name, at: this.#pushed });
    this.#tellReached();
  }

  /** Drops all sound that waits and gives back every mark. */
  clear(): void {
    this.#waiting.length = 0;
    this.#headAt = 0;
    this.#played = this.#pushed;
    this.#tellReached();
  }

  /** The next 20 ms; silence where nothing waits. Marks are told one call after their last sample was handed out. */
  next(): Frame {
    this.#tellReached();
    if (this.waitingSamples === 0) return SILENCE;
    const frame = new Int16Array(FRAME_SAMPLES);
    let filled = 0;
    while (filled < FRAME_SAMPLES) {
      const head = this.#waiting[0];
      if (head === undefined) break;
      const part = head.subarray(this.#headAt, this.#headAt + FRAME_SAMPLES - filled);
      frame.set(part, filled);
      filled += part.length;
      this.#headAt += part.length;
      if (this.#headAt >= head.length) {
        this.#waiting.shift();
        this.#headAt = 0;
      }
    }
    this.#played += filled;
    return frame;
  }

  #tellReached(): void {
    const reached = this.#marks.filter(mark => mark.at <= this.#played);
    if (reached.length === 0) return;
    this.#marks = this.#marks.filter(mark => mark.at > this.#played);
    for (const { name } of reached) this.#onMark(name);
  }
}
