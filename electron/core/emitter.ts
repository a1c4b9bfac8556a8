/** Stops listening. Calling it again does nothing. */
export type Unsubscribe = () => void;

/** A list of listeners to one kind of thing. One listener's error never reaches another listener or the emitter. */
export class Emitter<Value> {
  readonly #listeners = new Set<(value: Value) => void>();
  readonly #onError: (error: unknown) => void;

  /** @param onError told of every error a listener throws */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** How many listen now. */
  get size(): number {
    return this.#listeners.size;
  }

  /** Calls `listener` with every value until unsubscribed. */
  on(listener: (value: Value) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells every listener, in the order they subscribed. */
  emit(value: Value): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(value);
      } catch (error) {
        this.#onError(error);
      }
    }
  }
}
