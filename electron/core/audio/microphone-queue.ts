import { FRAME_SAMPLES, type Frame } from './frame.ts';
import { levelOf, SPEECH_LEVEL } from './level.ts';
import { COMPARED_SAMPLES, crossFade, mostAlike } from './overlap.ts';
import { RecentLowest } from './recent-lowest.ts';

/** Frames that may wait: 100 ms. Older ones are left out, so that speech never lags. */
const MOST_WAITING_FRAMES = 5;

/**
 * More than a frame ahead of the next one for 2 s is a delay that would never go away by itself. Less is the
 * slack of a microphone that is late now and then, and taking it away would make a hole each time.
 */
const LEAST_BACKLOG = FRAME_SAMPLES;
const WATCHED_FRAMES = 100;

/** Samples kept of what was taken: half of what is compared, so that a period of 15 ms shows in a frame of 20. */
const HISTORY = COMPARED_SAMPLES / 2;

/** Quiet sound is joined within 5 ms, too short to hear and too long to click. */
const QUIET_JOIN = 40;

/** Shortest and longest lag at which speech is joined: 2.5 to 15 ms, periods of 400 down to 67 Hz. */
const LEAST_LAG = 20;
const MOST_LAG = 120;

/** From 60 ms on the backlog goes sooner: frames from one edit of speech to the next, as playout has it (pace.ts). */
const FAR_BEHIND = 480;
const HURRIED_REST = 3;
const USUAL_REST = 10;

/** How much alike two pieces of speech must be at first, and how much less with every try that failed: noise is like nothing, and hides any joint (pace.ts). */
const LIKENESS = 0.9;
const LIKENESS_LESS = 0.06;

/**
 * What the microphone said and was not handed out yet. A microphone that stalled, or whose clock is fast,
 * gets ahead of the far end, and everything said from then on would be heard that much later. So the
 * least that was ahead lately is watched; when it is more than a frame, quiet sound is left out at once, and
 * of speech one pitch period now and then, faded over. What it takes for the far end never to run out
 * of sound meanwhile is kept.
 */
export class MicrophoneQueue {
  /** The history, then what waits. */
  readonly #samples = new Int16Array(HISTORY + (MOST_WAITING_FRAMES + 2) * FRAME_SAMPLES);
  readonly #taken: Frame = new Int16Array(FRAME_SAMPLES);
  /** Samples that wait. */
  #waiting = 0;
  /** The frame that would have come next when the oldest had to go, to fade over from. */
  #left: Int16Array | null = null;
  /** Samples to be heard before the next frame. */
  readonly #backlog = new RecentLowest(WATCHED_FRAMES);
  #rested = 0;
  #failed = 0;

  /** Whole frames that wait. */
  get frames(): number {
    return Math.floor(this.#waiting / FRAME_SAMPLES);
  }

  /** Queues a frame. @param ahead samples handed out that the far end has not played yet */
  push(frame: Frame, ahead: number): void {
    const before = this.#waiting;
    this.#backlog.note(ahead + before);
    this.#samples.set(frame, HISTORY + before);
    this.#waiting += FRAME_SAMPLES;
    this.#rested += 1;
    if (this.frames > MOST_WAITING_FRAMES) this.#leaveOutOldest();
    else if (this.#backlog.settled && this.#backlog.value > LEAST_BACKLOG) this.#catchUp(before);
  }

  /** The next frame, valid until the next one is taken, or null. */
  take(): Frame | null {
    if (this.#waiting < FRAME_SAMPLES) return null;
    this.#fadeIn();
    this.#taken.set(this.#samples.subarray(HISTORY, HISTORY + FRAME_SAMPLES));
    this.#samples.copyWithin(0, FRAME_SAMPLES, HISTORY + this.#waiting);
    this.#waiting -= FRAME_SAMPLES;
    return this.#taken;
  }

  /** Forgets what waits. */
  clear(): void {
    this.#waiting = 0;
    this.#left = null;
  }

  #leaveOutOldest(): void {
    this.#left ??= this.#samples.slice(HISTORY, HISTORY + FRAME_SAMPLES);
    this.#samples.copyWithin(HISTORY, HISTORY + FRAME_SAMPLES, HISTORY + this.#waiting);
    this.#waiting -= FRAME_SAMPLES;
  }

  #fadeIn(): void {
    if (this.#left === null) return;
    crossFade(this.#left, this.#samples.subarray(HISTORY, HISTORY + FRAME_SAMPLES));
    this.#left = null;
  }

  /** @param newest where the newest frame lies, in samples behind the oldest */
  #catchUp(newest: number): void {
    const backlog = this.#backlog.value;
    const part = this.#waiting % FRAME_SAMPLES;
    // Beyond the part of a frame that waits, it takes a whole frame less until the next one is there.
    const most = backlog - part < FRAME_SAMPLES ? Math.min(part, MOST_LAG) : MOST_LAG;
    const start = HISTORY + newest;
    if (levelOf(this.#samples.subarray(start, start + FRAME_SAMPLES)) < SPEECH_LEVEL) {
      this.#cut(newest, most, QUIET_JOIN);
      return;
    }
    if (most < LEAST_LAG) return;
    if (this.#rested < (backlog > FAR_BEHIND ? HURRIED_REST : USUAL_REST)) return;
    this.#fadeIn();
    const { shift, likeness } = mostAlike(this.#samples, 0, LEAST_LAG, most);
    if (likeness < LIKENESS - LIKENESS_LESS * this.#failed) {
      this.#failed += 1;
      this.#rested = 0;
      return;
    }
    this.#cut(0, shift, Math.min(shift, this.#waiting - shift));
  }

  /** Leaves out `count` samples, fading over from what would have come within `overlap`. */
  #cut(at: number, count: number, overlap: number): void {
    const start = HISTORY + at;
    const before = this.#samples.slice(start, start + overlap);
    crossFade(before, this.#samples.subarray(start + count, start + count + overlap));
    this.#samples.copyWithin(start, start + count, HISTORY + this.#waiting);
    this.#waiting -= count;
    this.#backlog.shift(-count);
    this.#rested = 0;
    this.#failed = 0;
  }
}
