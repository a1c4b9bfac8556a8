import type { Waveform, WaveformPart } from '../signals.ts';
import { FRAME_MS } from './frame.ts';
import type { Side } from './sound-tape.ts';

/** Longest waveform kept: 24 hours of 20 ms frames, as long as a call can be. Source: Calls resource, `TimeLimit`. */
const MOST_FRAMES = (24 * 3600 * 1000) / FRAME_MS;

/** How many frames one byte stands for at each zoom: 20 ms, 160 ms, 1.28 s. */
export const ZOOMS = [1, 8, 64] as const;

/** How many frames one byte stands for. */
export type Zoom = (typeof ZOOMS)[number];

/** The zoom that shows at least so many bytes for so many frames, and as few as possible. */
export function zoomFor(frames: number, bytes: number): Zoom {
  let chosen: Zoom = 1;
  for (const zoom of ZOOMS) if (frames / zoom >= bytes) chosen = zoom;
  return chosen;
}

/**
 * The waveform of one call as it grows: the peak level of each 20 ms frame and side, and the peaks of
 * 8 and of 64 of them, worked out once. A frame is placed by its time in the call. Noting a frame touches
 * as little memory as can be, since there are hundreds of calls in turn: the coarser zooms follow when
 * somebody looks.
 */
export class WaveformRecord {
  readonly #fine = new GrowingLevels(3000);
  readonly #middle = new GrowingLevels(400);
  readonly #coarse = new GrowingLevels(60);
  #length = 0;
  /** The first frame not told yet, and the first not yet in the coarser zooms; `MOST_FRAMES` is none. */
  #untoldFrom = MOST_FRAMES;
  #unfoldedFrom = MOST_FRAMES;

  /** A record of levels that were kept. */
  static from({ them, us }: Waveform): WaveformRecord {
    const record = new WaveformRecord();
    for (let frame = 0; frame < Math.max(them.length, us.length); frame += 1) {
      record.note('them', frame, them[frame] ?? 0);
      record.note('us', frame, us[frame] ?? 0);
    }
    return record;
  }

  /** Frames from the start of the call to the last one noted. */
  get length(): number {
    return this.#length;
  }

  /** Notes the level of a frame. @param frame its index in the call @param level see core/audio/level */
  note(side: Side, frame: number, level: number): void {
    if (frame < 0 || frame >= MOST_FRAMES) return;
    this.#fine.raise(side, frame, level);
    if (frame >= this.#length) this.#length = frame + 1;
    if (frame < this.#untoldFrom) this.#untoldFrom = frame;
    if (frame < this.#unfoldedFrom) this.#unfoldedFrom = frame;
  }

  /** What changed since the last call, or null when nothing did. */
  news(): ({ readonly firstFrame: number } & Waveform) | null {
    if (this.#untoldFrom === MOST_FRAMES) return null;
    const firstFrame = this.#untoldFrom;
    this.#untoldFrom = MOST_FRAMES;
    const { them, us } = this.#fine.slice(firstFrame, this.#length);
    return { firstFrame, them, us };
  }

  /** A stretch at one zoom. @param first index of its first byte @param count bytes wanted */
  part(zoom: Zoom, first: number, count: number): WaveformPart {
    const length = Math.ceil(this.#length / zoom);
    const levels = this.#levelsAt(zoom);
    const from = Math.max(0, Math.min(first, length));
    return {
      framesPerByte: zoom,
      first: from,
      length,
      ...levels.slice(from, Math.min(length, from + count)),
    };
  }

  #levelsAt(zoom: Zoom): GrowingLevels {
    if (zoom === 1) return this.#fine;
    for (let frame = this.#unfoldedFrom; frame < this.#length; frame += 1) {
      for (const side of ['them', 'us'] as const) {
        const level = this.#fine.at(side, frame);
        this.#middle.raise(side, Math.floor(frame / 8), level);
        this.#coarse.raise(side, Math.floor(frame / 64), level);
      }
    }
    this.#unfoldedFrom = MOST_FRAMES;
    return zoom === 8 ? this.#middle : this.#coarse;
  }
}

/** Levels of both sides in memory that doubles as they grow. */
class GrowingLevels {
  #them: Uint8Array<ArrayBuffer>;
  #us: Uint8Array<ArrayBuffer>;

  constructor(size: number) {
    this.#them = new Uint8Array(size);
    this.#us = new Uint8Array(size);
  }

  raise(side: Side, index: number, level: number): void {
    if (index >= this.#them.length) this.#grow(Math.max(index + 1, this.#them.length * 2));
    const levels = side === 'them' ? this.#them : this.#us;
    if (level > (levels[index] ?? 0)) levels[index] = level;
  }

  at(side: Side, index: number): number {
    return (side === 'them' ? this.#them : this.#us)[index] ?? 0;
  }

  slice(from: number, to: number): Waveform {
    return { them: cut(this.#them, from, to), us: cut(this.#us, from, to) };
  }

  #grow(size: number): void {
    this.#them = grown(this.#them, size);
    this.#us = grown(this.#us, size);
  }
}

/** A copy. One by one: of the few bytes that are news, 25 times a second, any built-in way costs more. */
function cut(levels: Uint8Array, from: number, to: number): Uint8Array {
  const copy = new Uint8Array(Math.max(0, to - from));
  for (let i = 0; i < copy.length; i += 1) copy[i] = levels[from + i] ?? 0;
  return copy;
}

function grown(bytes: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(size);
  larger.set(bytes);
  return larger;
}
