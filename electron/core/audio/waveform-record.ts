import type { Waveform } from '../signals.ts';
import { FRAME_MS } from './frame.ts';

/** Longest waveform kept: 4 hours of 20 ms frames. */
const MOST_FRAMES = (4 * 3600 * 1000) / FRAME_MS;

/**
 * The waveform of one call as it grows: a level byte per 20 ms frame and side, placed by the time of
 * the stream.
 */
export class WaveformRecord {
  #them = new Uint8Array(3000);
  #us = new Uint8Array(3000);
  #length = 0;
  #told = 0;
  #sentLevel = 0;

  /** Notes the level of a frame sent here. */
  sent(level: number): void {
    this.#sentLevel = Math.max(this.#sentLevel, level);
  }

  /** Notes the level of a frame that came in. @param timestampMs ms since the stream began */
  received(timestampMs: number, level: number): void {
    const index = Math.max(this.#length, Math.round(timestampMs / FRAME_MS));
    if (index >= MOST_FRAMES) return;
    this.#reserve(index + 1);
    this.#them[index] = level;
    this.#us[index] = this.#sentLevel;
    this.#sentLevel = 0;
    this.#length = index + 1;
  }

  /** What is new since the last call, or null when nothing is. */
  news(): ({ readonly firstFrame: number } & Waveform) | null {
    if (this.#told === this.#length) return null;
    const firstFrame = this.#told;
    this.#told = this.#length;
    return {
      firstFrame,
      them: this.#them.slice(firstFrame, this.#length),
      us: this.#us.slice(firstFrame, this.#length),
    };
  }

  /** The whole waveform so far. */
  whole(): Waveform {
    return { them: this.#them.slice(0, this.#length), us: this.#us.slice(0, this.#length) };
  }

  #reserve(length: number): void {
    if (length <= this.#them.length) return;
    const size = Math.max(length, this.#them.length * 2);
    this.#them = grown(this.#them, size);
    this.#us = grown(this.#us, size);
  }
}

function grown(bytes: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(size);
  larger.set(bytes);
  return larger;
}
