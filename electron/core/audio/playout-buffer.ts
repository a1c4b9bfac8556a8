import { FRAME_MS, type Frame, SILENCE } from './frame.ts';
import { levelOf } from './level.ts';

/** Frames held back before the first is played, so that late ones still come in time: 40 ms. */
export const TARGET_FRAMES = 2;

/** Depth from which quiet frames are left out to catch up: 80 ms. */
const CATCH_UP_FRAMES = 4;

/** Depth that is never exceeded: 600 ms. What is older is dropped. */
const MOST_FRAMES = 30;

/** Longest gap filled with silence: 1 s. A longer one is a new start. */
const LONGEST_GAP_FRAMES = 50;

/** Below this level a frame may be left out unheard: about -48 dBFS. */
const QUIET_LEVEL = 50;

/** How the playout of one stream has gone so far, in frames of 20 ms. */
export type PlayoutFigures = {
  readonly played: number;
  /** Silence played because nothing had arrived in time. */
  readonly late: number;
  /** Frames that never arrived, told by a jump of the timestamp. */
  readonly missing: number;
  /** Frames left out to catch up. */
  readonly dropped: number;
};

/**
 * Turns frames that arrive in bursts and with gaps into one frame every 20 ms. A WebSocket keeps
 * order, so frames are never sorted. One instance per stream and listener.
 */
export class PlayoutBuffer {
  readonly #frames: Frame[] = [];
  #filling = true;
  #expectedMs: number | null = null;
  #silencesSinceLastFrame = 0;
  #figures = { played: 0, late: 0, missing: 0, dropped: 0 };

  /** Frames waiting to be played. */
  get depth(): number {
    return this.#frames.length;
  }

  /** How it has gone so far. */
  get figures(): PlayoutFigures {
    return { ...this.#figures };
  }

  /** Takes a frame that arrived. @param timestampMs its `media.timestamp`: ms since the stream began */
  push(timestampMs: number, frame: Frame): void {
    this.#padGap(timestampMs);
    this.#expectedMs = timestampMs + FRAME_MS;
    this.#silencesSinceLastFrame = 0;
    this.#frames.push(frame);
    while (this.#frames.length > MOST_FRAMES) {
      this.#frames.shift();
      this.#figures.dropped += 1;
    }
    if (this.#frames.length >= TARGET_FRAMES) this.#filling = false;
  }

  /** The frame to play now; silence while nothing is there. Call every 20 ms of the listener's clock. */
  pull(): Frame {
    if (this.#filling) return this.#wait();
    this.#catchUp();
    const frame = this.#frames.shift();
    if (frame === undefined) {
      this.#filling = true;
      this.#figures.late += 1;
      return this.#wait();
    }
    this.#figures.played += 1;
    return frame;
  }

  /** Starts anew with another stream, whose timestamps begin at zero. */
  restart(): void {
    this.#frames.length = 0;
    this.#filling = true;
    this.#expectedMs = null;
  }

  #wait(): Frame {
    this.#silencesSinceLastFrame += 1;
    return SILENCE;
  }

  /** Fills a jump of the timestamp with silence, less the silence already heard while waiting. */
  #padGap(timestampMs: number): void {
    if (this.#expectedMs === null) return;
    const gap = Math.round((timestampMs - this.#expectedMs) / FRAME_MS);
    if (gap <= 0) return;
    this.#figures.missing += gap;
    if (gap > LONGEST_GAP_FRAMES) return;
    for (let i = this.#silencesSinceLastFrame; i < gap; i += 1) this.#frames.push(SILENCE);
  }

  #catchUp(): void {
    while (this.#frames.length > CATCH_UP_FRAMES) {
      const [next] = this.#frames;
      if (next === undefined || levelOf(next) > QUIET_LEVEL) return;
      this.#frames.shift();
      this.#figures.dropped += 1;
    }
  }
}
