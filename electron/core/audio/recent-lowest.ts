/** The lowest of the last one to two `length`s of values, in constant time and memory. */
export class RecentLowest {
  readonly #length: number;
  #now = Number.POSITIVE_INFINITY;
  #before = Number.POSITIVE_INFINITY;
  #noted = 0;

  constructor(length: number) {
    this.#length = length;
  }

  /** The lowest lately; infinite before the first value. */
  get value(): number {
    return Math.min(this.#now, this.#before);
  }

  /** Whether a whole length of values has been seen. */
  get settled(): boolean {
    return this.#before < Number.POSITIVE_INFINITY;
  }

  /** Takes note of the next value. */
  note(value: number): void {
    if (this.#noted === this.#length) {
      this.#before = this.#now;
      this.#now = Number.POSITIVE_INFINITY;
      this.#noted = 0;
    }
    this.#noted += 1;
    if (value < this.#now) this.#now = value;
  }

  /** Moves all values so far by `amount`, when what they measure was itself moved. */
  shift(amount: number): void {
    this.#now += amount;
    this.#before += amount;
  }

  /** Forgets all values. */
  reset(): void {
    this.#now = Number.POSITIVE_INFINITY;
    this.#before = Number.POSITIVE_INFINITY;
    this.#noted = 0;
  }
}
