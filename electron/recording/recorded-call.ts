import { FRAME_SAMPLES, SAMPLE_RATE_HZ } from '../core/audio/frame.ts';
import type { Side, SoundTape, Stretch } from '../core/audio/sound-tape.ts';
import { RecordedTimes } from './recorded-times.ts';
import type { FileNumber, PieceSource } from './recording-job.ts';

/** The sound of a call that is recorded. */
export type RecordedSound = {
  readonly tape: SoundTape;
  /** What time of the call it is, in ms since its first stream began. */
  readonly nowMs: () => number;
};

/** Samples of a call in one millisecond. */
export const SAMPLES_PER_MS = SAMPLE_RATE_HZ / 1000;

/** The most that is read at once: 10 s. After a long wait the rest follows in the next jobs. */
const MOST_SAMPLES = 10 * SAMPLE_RATE_HZ;

/** What of a call is still to be written to its file. The file begins at `offset`, a sample of the call. */
export class RecordedCall {
  readonly file: FileNumber;
  readonly path: string;
  readonly tape: SoundTape;
  readonly offset: number;
  readonly #nowMs: () => number;
  readonly #times: RecordedTimes;
  #pending: Stretch | null = null;
  #isPaused = false;
  #isOver = false;

  constructor(file: FileNumber, path: string, { tape, nowMs }: RecordedSound) {
    this.file = file;
    this.path = path;
    this.tape = tape;
    this.#nowMs = nowMs;
    this.offset = Math.ceil(this.#now() / FRAME_SAMPLES) * FRAME_SAMPLES;
    this.#times = new RecordedTimes(tape);
    this.#times.begin(this.offset);
  }

  /** Records silence from now on, or sound again. */
  pause(on: boolean): void {
    if (on === this.#isPaused || this.#isOver) return;
    this.#isPaused = on;
    if (on) this.#times.breakOff(this.#now());
    else this.#times.begin(this.#now());
  }

  /** Makes silence of a stretch of one side, in samples of the file, whenever it is written; what is, is again. */
  mask(side: Side, { from, to }: Stretch): void {
    const stretch = { from: this.offset + from, to: this.offset + to };
    this.#times.mask(side, stretch);
    const end = Math.min(stretch.to, this.tape.end);
    if (!this.#isOver && stretch.from < end) this.giveBack({ from: stretch.from, to: end });
  }

  /** Nothing is recorded any more but what is on the tape. */
  finish(): void {
    this.collect();
    this.#times.finish();
    this.#isOver = true;
  }

  /** Whether all is written or on its way. */
  get isDone(): boolean {
    return this.#isOver && this.#pending === null;
  }

  /** Whether something waits to be written. */
  get waits(): boolean {
    return this.#pending !== null;
  }

  /** Takes note of what is new on the tape. */
  collect(): void {
    const changed = this.#isOver ? null : this.tape.takeChanged();
    if (changed !== null) this.giveBack(changed);
  }

  /** A stretch is to be written, or written again. */
  giveBack({ from, to }: Stretch): void {
    const pending = this.#pending ?? { from, to };
    this.#pending = { from: Math.min(from, pending.from), to: Math.max(to, pending.to) };
  }

  /** What is to be written next, from the start of a frame on; null when nothing is. */
  next(): PieceSource | null {
    if (this.#pending === null) return null;
    const kept = Math.ceil(this.tape.start / FRAME_SAMPLES) * FRAME_SAMPLES;
    const aligned = Math.floor(this.#pending.from / FRAME_SAMPLES) * FRAME_SAMPLES;
    const from = Math.max(aligned, kept, this.offset);
    const to = Math.min(this.#pending.to, from + MOST_SAMPLES);
    this.#pending = to < this.#pending.to ? { from: to, to: this.#pending.to } : null;
    if (to <= from) return null;
    return { file: this.file, at: from - this.offset, stretch: { from, to }, read: this.#read };
  }

  readonly #read: PieceSource['read'] = (side, stretch, into, offset) => {
    this.tape.readInto(side, stretch, into, offset);
    this.#times.blank(side, stretch, into, offset);
  };

  #now(): number {
    return Math.round(this.#nowMs() * SAMPLES_PER_MS);
  }
}
