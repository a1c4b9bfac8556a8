import type { Waveform } from '../../electron/core/signals.ts';

/** One of the two people of a waveform: the other side, or this desk. */
export type Side = 'them' | 'us';

/** Frames kept for each call: 20 s of 20 ms frames, a little more than a lane shows. */
export const RING_FRAMES = 1000;

/** The newest levels of one call, one byte per 20 ms frame and side, in memory that never grows. */
export class LevelRing {
  readonly #levels: Readonly<Record<Side, Uint8Array>>;
  readonly #frames: number;
  #end = 0;

  constructor(frames = RING_FRAMES) {
    this.#frames = frames;
    this.#levels = { them: new Uint8Array(frames), us: new Uint8Array(frames) };
  }

  /** Index of the frame after the newest one. */
  get end(): number {
    return this.#end;
  }

  /** Takes new frames as they arrive. A batch that starts at 0 again is a new stream. */
  push(firstFrame: number, them: Uint8Array, us: Uint8Array): void {
    if (firstFrame === 0 && this.#end > them.length) this.#clear();
    this.#write(firstFrame, { them, us });
  }

  /** Takes what was told on opening, from `firstFrame` on; newer frames already here are kept. */
  load(waveform: Waveform, firstFrame = 0): void {
    this.#write(firstFrame, waveform);
  }

  /** Whether the ring still keeps a frame, or has it already. */
  has(frame: number): boolean {
    return frame >= 0 && frame < this.#end && frame >= this.#end - this.#frames;
  }

  /** The level of a frame, 0 when it is unknown, not here yet or no longer kept. */
  level(side: Side, frame: number): number {
    return this.has(frame) ? (this.#levels[side][frame % this.#frames] ?? 0) : 0;
  }

  #write(firstFrame: number, waveform: Waveform): void {
    const count = Math.min(waveform.them.length, waveform.us.length);
    const end = Math.max(this.#end, firstFrame + count);
    this.#silence(this.#end, end);
    this.#end = end;
    const oldest = Math.max(0, end - this.#frames);
    for (let index = Math.max(0, oldest - firstFrame); index < count; index += 1) {
      const slot = (firstFrame + index) % this.#frames;
      this.#levels.them[slot] = waveform.them[index] ?? 0;
      this.#levels.us[slot] = waveform.us[index] ?? 0;
    }
  }

  #silence(from: number, to: number): void {
    for (let frame = Math.max(from, to - this.#frames); frame < to; frame += 1) {
      this.#levels.them[frame % this.#frames] = 0;
      this.#levels.us[frame % this.#frames] = 0;
    }
  }

  #clear(): void {
    this.#end = 0;
    this.#levels.them.fill(0);
    this.#levels.us.fill(0);
  }
}
