import { FRAME_SAMPLES, SAMPLE_RATE_HZ } from '../core/audio/frame.ts';
import { decodeMulaw } from '../core/audio/mulaw.ts';
import type { Cancel, Clock } from '../core/clock.ts';
import { MulawQueue } from './mulaw-queue.ts';

/** Bytes of µ-law in a millisecond. */
const BYTES_PER_MS = SAMPLE_RATE_HZ / 1000;

/** What an agent may say before it was heard: ten minutes, 4.8 MB, as on the practice line. */
const MOST_BYTES = 10 * 60 * SAMPLE_RATE_HZ;

/** Marks that may wait: more than one for every piece of 60 ms of all that sound. */
const MOST_MARKS = 10_000;

/** Sound is handed over in pieces of 200 ms: each asks Twilio for a mark of its own. */
const PIECE_BYTES = 200 * BYTES_PER_MS;

/** With so much handed over, 1 s, less than a piece can wait for more. */
const ENOUGH_BYTES = 1000 * BYTES_PER_MS;

/** No more than so much, 2 s, is handed over: marks come back within that time, however far away. */
const MOST_AHEAD_BYTES = 2000 * BYTES_PER_MS;

/** Less than a frame waits for the rest until so long before its turn, in ms: what a mark takes to come back. */
const TAIL_LEAD_MS = 250;

/** And at least so long, in ms: two messages of a program that sends as it speaks. */
const TAIL_LEAST_MS = 40;

/** How often it is tried again while the call has no stream, in ms. */
const NO_STREAM_MS = 200;

/** What the voice of an agent needs of the rest. */
export type AgentVoicePorts = {
  readonly clock: Clock;
  /** Sends a piece into the call; false while it has no stream. @param onPlayed told once, when it was heard or cut off */
  readonly play: (samples: Int16Array, onPlayed: () => void) => boolean;
  /** Cuts off what plays into the call, at once. */
  readonly stop: () => void;
  /** A mark was reached, or all before it was taken back. Each is told once, in order. */
  readonly onMark: (name: string) => void;
};

/**
 * What one agent says, on its way into the call: messages of any size become one unbroken sound, as
 * at Twilio. While the agent is not to be heard its sound goes by in its own time, so that a program
 * that paces itself by marks keeps its pace, and nothing stale is said later.
 */
export class AgentVoice {
  readonly #ports: AgentVoicePorts;
  readonly #waiting = new MulawQueue();
  readonly #marks: { readonly name: string; readonly at: number }[] = [];
  /** Bytes said so far. */
  #said = 0;
  /** How many of them are over: heard, taken back, or gone by. */
  #over = 0;
  /** Counts what was taken back: what is told of earlier sound means nothing any more. */
  #generation = 0;
  #heard = false;
  #feeding = false;
  #cancel: Cancel = () => {};

  constructor(ports: AgentVoicePorts) {
    this.#ports = ports;
  }

  /** Whether the call hears it. A change takes back all that was said and not heard yet. */
  set heard(on: boolean) {
    if (on === this.#heard) return;
    this.clear();
    this.#heard = on;
  }

  /** Says something behind all before. @returns false when so much waits already that it was left out */
  say(mulaw: Uint8Array): boolean {
    if (this.#said - this.#over + mulaw.length > MOST_BYTES) return false;
    this.#waiting.push(mulaw);
    this.#said += mulaw.length;
    this.#feed();
    return true;
  }

  /** Asks to be told when all said so far is over. @returns false when too many wait */
  mark(name: string): boolean {
    if (this.#marks.length >= MOST_MARKS) return false;
    this.#marks.push({ name, at: this.#said });
    this.#tellMarks();
    return true;
  }

  /** Takes back all that was not heard yet; every mark comes back. */
  clear(): void {
    this.#forget();
    this.#tellMarks();
  }

  /** Takes back all that was not heard yet, for good. No mark comes back. */
  close(): void {
    this.#marks.length = 0;
    this.#forget();
  }

  get #handed(): number {
    return this.#said - this.#waiting.length;
  }

  #forget(): void {
    const plays = this.#heard && this.#handed > this.#over;
    this.#generation += 1;
    this.#cancel();
    this.#waiting.clear();
    this.#over = this.#said;
    if (plays) this.#ports.stop();
  }

  #tellMarks(): void {
    for (;;) {
      const [mark] = this.#marks;
      if (mark === undefined || mark.at > this.#over) return;
      this.#marks.shift();
      this.#ports.onMark(mark.name);
    }
  }

  /** Hands over what is due, and sets the timer for the rest. @param isTail less than a frame is due too */
  #feed(isTail = false): void {
    if (this.#feeding) return;
    this.#feeding = true;
    this.#cancel();
    let bytes = this.#due(isTail);
    while (bytes > 0 && this.#hand(bytes)) bytes = this.#due(isTail);
    this.#feeding = false;
    const { length } = this.#waiting;
    if (bytes > 0) this.#feedIn(NO_STREAM_MS, isTail);
    else if (length > 0 && length < FRAME_SAMPLES) this.#feedIn(this.#tailWaitMs(), true);
  }

  #feedIn(delayMs: number, isTail: boolean): void {
    this.#cancel = this.#ports.clock.after(delayMs, () => this.#feed(isTail));
  }

  #tailWaitMs(): number {
    const aheadMs = (this.#handed - this.#over) / BYTES_PER_MS;
    return Math.max(TAIL_LEAST_MS, aheadMs - TAIL_LEAD_MS);
  }

  #due(isTail: boolean): number {
    const { length } = this.#waiting;
    const ahead = this.#handed - this.#over;
    // Gone by one piece at a time.
    if (!this.#heard && ahead > 0) return 0;
    if (length < FRAME_SAMPLES) return isTail ? length : 0;
    const bytes = Math.min(PIECE_BYTES, length - (length % FRAME_SAMPLES));
    return ahead < (bytes < PIECE_BYTES ? ENOUGH_BYTES : MOST_AHEAD_BYTES) ? bytes : 0;
  }

  #hand(bytes: number): boolean {
    const { clock, play } = this.#ports;
    const generation = this.#generation;
    const end = this.#handed + bytes;
    const onPlayed = (): void => {
      if (generation !== this.#generation) return;
      this.#over = end;
      this.#tellMarks();
      this.#feed();
    };
    if (!this.#heard) clock.after(bytes / BYTES_PER_MS, onPlayed);
    else if (!play(decodeMulaw(this.#waiting.peek(bytes)), onPlayed)) return false;
    // Whoever was told of it may have taken everything back.
    if (generation === this.#generation) this.#waiting.drop(bytes);
    return true;
  }
}
