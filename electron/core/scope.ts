/** Ends something owned. May finish later. */
export type Disposer = () => void | Promise<void>;

/**
 * Owns what must end together: timers, listeners, sockets, children. Closing runs the disposers
 * last in, first out, each once; one that fails does not stop the rest.
 */
export class Scope {
  readonly #disposers: Disposer[] = [];
  readonly #onError: (error: unknown) => void;
  #closing: Promise<void> | undefined;

  /** @param onError told of every disposer that fails */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** True from the first call of `close`. */
  get closed(): boolean {
    return this.#closing !== undefined;
  }

  /** Adds a disposer; in a closed scope it runs at once. */
  add(dispose: Disposer): void {
    if (this.#closing === undefined) this.#disposers.push(dispose);
    else void this.#run(dispose);
  }

  /** Ends everything owned. Safe to call again: the same promise is returned. */
  close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #closeAll(): Promise<void> {
    for (const dispose of this.#disposers.reverse()) await this.#run(dispose);
    this.#disposers.length = 0;
  }

  async #run(dispose: Disposer): Promise<void> {
    try {
      await dispose();
    } catch (error) {
      this.#onError(error);
    }
  }
}
