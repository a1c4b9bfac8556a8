import type { Clock } from '../core/clock.ts';
import type { Decision } from './call-book.ts';

/**
 * Lets webhooks wait for a person's decision. Twilio keeps a call ringing while its webhook is
 * unanswered, so an answer given meanwhile takes effect at once.
 */
export class PickUp {
  readonly #clock: Clock;
  readonly #waiting = new Map<string, Set<(decision: Decision | null) => void>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Waits for a decision on a call, or null after `limitMs`. */
  wait(callId: string, limitMs: number): Promise<Decision | null> {
    return new Promise(resolve => {
      const waiting = this.#waiting.get(callId) ?? new Set();
      this.#waiting.set(callId, waiting);
      const settle = (decision: Decision | null): void => {
        cancel();
        waiting.delete(settle);
        if (waiting.size === 0) this.#waiting.delete(callId);
        resolve(decision);
      };
      const cancel = this.#clock.after(limitMs, () => settle(null));
      waiting.add(settle);
    });
  }

  /** Whether a webhook of this call waits now. */
  isAwaited(callId: string): boolean {
    return this.#waiting.has(callId);
  }

  /** Tells those who wait on a call. */
  decide(callId: string, decision: Decision | null): void {
    for (const settle of [...(this.#waiting.get(callId) ?? [])]) settle(decision);
  }

  /** Lets everybody go without a decision. */
  close(): void {
    for (const callId of [...this.#waiting.keys()]) this.decide(callId, null);
  }
}
