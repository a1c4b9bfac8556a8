/** Calls that are still recognised: what Twilio says of a call may come long after its end. */
const REMEMBERED = 1000;

/** The latest CallSids of one kind; the oldest is forgotten first. */
export class LatestSids {
  readonly #sids = new Set<string>();

  /** Remembers a call. */
  add(sid: string): void {
    this.#sids.delete(sid);
    this.#sids.add(sid);
    const [oldest] = this.#sids;
    if (this.#sids.size > REMEMBERED && oldest !== undefined) this.#sids.delete(oldest);
  }

  /** Whether it is one of the latest. */
  has(sid: string): boolean {
    return this.#sids.has(sid);
  }
}
