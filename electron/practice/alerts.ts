/** Something Twilio would show in its debugger: one of its error codes and the call it happened on. */
export type Alert = {
  readonly code: number;
  readonly callSid: string;
  readonly text: string;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
};

const KEPT = 200;

/** The latest alerts, oldest first. */
export class Alerts {
  readonly #alerts: Alert[] = [];

  /** Remembers one more; the oldest falls out beyond 200. */
  add(alert: Alert): void {
    this.#alerts.push(alert);
    if (this.#alerts.length > KEPT) this.#alerts.shift();
  }

  /** What is remembered now. */
  list(): readonly Alert[] {
    return [...this.#alerts];
  }
}
