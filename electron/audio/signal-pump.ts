import { type Cancel, type Clock, every } from '../core/clock.ts';
import type { Signals } from '../core/signals.ts';

/** Time between pushes of signals: 25 a second. */
const SIGNALS_MS = 40;

/** How many turns apart the qualities are told: once a second, also while there is nothing else to tell. */
const QUALITY_EVERY = 25;

/** Where the pump finds what it tells. */
type SignalSources = Readonly<{
  [Name in 'calls' | 'qualities' | 'replay']: () => Signals[Name];
}>;

/** Tells levels and figures at an even pace, and nothing while there is no call and nothing moves. */
export class SignalPump {
  readonly #onSignals: (signals: Signals) => void;
  readonly #sources: SignalSources;
  readonly #cancel: Cancel;
  #captured: number | null = null;
  #sent = 0;
  /** Turns since the qualities were told. */
  #turns = 0;

  constructor(clock: Clock, onSignals: (signals: Signals) => void, sources: SignalSources) {
    this.#onSignals = onSignals;
    this.#sources = sources;
    this.#cancel = every(clock, SIGNALS_MS, () => this.#push());
  }

  /** Notes how loud the microphone was. */
  captured(level: number): void {
    this.#captured = Math.max(this.#captured ?? 0, level);
  }

  /** Notes how loud a microphone frame was that left the gate. */
  sent(level: number): void {
    this.#sent = Math.max(this.#sent, level);
  }

  close(): void {
    this.#cancel();
  }

  #push(): void {
    this.#turns += 1;
    const calls = this.#sources.calls();
    const replay = this.#sources.replay();
    const isDue = this.#turns >= QUALITY_EVERY;
    const qualities = isDue ? this.#sources.qualities() : [];
    if (isDue) this.#turns = 0;
    const isStill = calls.length === 0 && this.#captured === null && replay === null;
    if (isStill && qualities.length === 0) return;
    this.#onSignals({ captured: this.#captured, sent: this.#sent, calls, qualities, replay });
    this.#captured = null;
    this.#sent = 0;
  }
}
