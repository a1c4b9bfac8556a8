import type { CallId } from '../core/call.ts';
import type { Cancel } from '../core/clock.ts';

/** Who listens to what of a call, whether its sound is connected yet or not. */
export class CallListeners<Heard extends readonly unknown[]> {
  readonly #listeners = new Map<CallId, ((...heard: Heard) => void)[]>();

  /** Tells the listener from now on, until cancelled or the call is forgotten. */
  add(callId: CallId, listener: (...heard: Heard) => void): Cancel {
    // Each its own, so that one who listens twice may stop once.
    const added = (...heard: Heard): void => listener(...heard);
    this.#listeners.set(callId, [...this.#of(callId), added]);
    return () => {
      const left = this.#of(callId).filter(each => each !== added);
      if (left.length > 0) this.#listeners.set(callId, left);
      else this.#listeners.delete(callId);
    };
  }

  /** Tells all who listen now. @returns whether there was anybody */
  tell(callId: CallId, ...heard: Heard): boolean {
    const listeners = this.#listeners.get(callId);
    if (listeners === undefined) return false;
    for (const listener of listeners) listener(...heard);
    return true;
  }

  /** Lets all listeners of a call go. */
  forget(callId: CallId): void {
    this.#listeners.delete(callId);
  }

  #of(callId: CallId): readonly ((...heard: Heard) => void)[] {
    return this.#listeners.get(callId) ?? [];
  }
}
