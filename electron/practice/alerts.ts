import { createSid } from './sid.ts';
import type { Method } from './webhooks.ts';

/** A request to the app that went wrong, and the answer if there was one. */
export type Exchange = {
  readonly method: Method;
  readonly url: string;
  readonly params: Readonly<Record<string, string>>;
  readonly reply?: { readonly headers: string; readonly body: string };
};

/** Something Twilio would show in its debugger: one of its error codes and the call it happened on. */
export type Alert = {
  readonly sid: string;
  readonly code: number;
  readonly level: 'error' | 'warning';
  readonly callSid: string;
  readonly text: string;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  /** The request it came of, for a webhook. */
  readonly exchange?: Exchange | undefined;
};

const KEPT = 200;

/**
 * Codes after which a call goes on as it would have: Twilio's warnings, and 0, which is no code of
 * Twilio's. Source: https://www.twilio.com/docs/api/errors
 */
const WARNINGS: ReadonlySet<number> = new Set([0, 12200, 13805, 31921, 31923, 31950]);

/** The latest alerts, oldest first. */
export class Alerts {
  readonly #alerts: Alert[] = [];

  /** Remembers one more; the oldest falls out beyond 200. */
  add(noted: Omit<Alert, 'sid' | 'level'>): Alert {
    const level = WARNINGS.has(noted.code) ? 'warning' : 'error';
    const alert: Alert = { sid: createSid('NO'), level, ...noted };
    this.#alerts.push(alert);
    if (this.#alerts.length > KEPT) this.#alerts.shift();
    return alert;
  }

  /** What is remembered now. */
  list(): readonly Alert[] {
    return [...this.#alerts];
  }
}
