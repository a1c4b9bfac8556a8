import type { PracticeCall } from './call.ts';

/** Calls that are over and can still be asked for. */
const KEPT_ENDED = 1000;

/** Calls that are over and whose sound is kept. */
const KEPT_TAPES = 20;

/** All calls of a line, the oldest finished ones excepted. */
export class CallTable {
  readonly #calls = new Map<string, PracticeCall>();
  readonly #ended: PracticeCall[] = [];

  /** Enters a call. */
  add(call: PracticeCall): void {
    this.#calls.set(call.sid, call);
    call.over.addEventListener('abort', () => this.#noteEnd(call), { once: true });
  }

  /** The call with this SID. */
  get(sid: string): PracticeCall | undefined {
    return this.#calls.get(sid);
  }

  /** Every call, the latest first. */
  list(): PracticeCall[] {
    return [...this.#calls.values()].reverse();
  }

  #noteEnd(call: PracticeCall): void {
    this.#ended.push(call);
    const silenced = this.#ended.at(-1 - KEPT_TAPES);
    silenced?.leg.heard.rewind();
    silenced?.leg.said.rewind();
    if (this.#ended.length <= KEPT_ENDED) return;
    const forgotten = this.#ended.shift();
    if (forgotten !== undefined) this.#calls.delete(forgotten.sid);
  }
}
