import type { Recording } from './recording.ts';

/** Recordings that can still be asked for. */
const KEPT = 1000;

/** How much sound is kept in all, in seconds: two hours, 230 MB when all of it has two sides. */
const KEPT_SECONDS = 2 * 60 * 60;

/** The recordings of an account; the latest two hours keep their sound. */
export class RecordingBook {
  readonly #recordings: Recording[] = [];

  /** Enters a recording. */
  add(recording: Recording): void {
    this.#recordings.push(recording);
    if (this.#recordings.length > KEPT) this.#recordings.shift();
    let seconds = 0;
    for (const kept of this.list()) {
      seconds += kept.durationSeconds;
      if (seconds > KEPT_SECONDS && !kept.isOpen) kept.forgetSound();
    }
  }

  /** The recording with this SID. */
  get(sid: string): Recording | undefined {
    return this.#recordings.find(recording => recording.sid === sid);
  }

  /** Every recording, the latest first. */
  list(): Recording[] {
    return [...this.#recordings].reverse();
  }

  /** Forgets a recording. */
  remove(recording: Recording): void {
    const index = this.#recordings.indexOf(recording);
    if (index >= 0) this.#recordings.splice(index, 1);
  }
}
