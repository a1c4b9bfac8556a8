import { createSid } from './sid.ts';
import type { Method } from './webhooks.ts';

/** An application of the account: where a call to it is announced. Changed through REST. */
export type Application = {
  readonly sid: string;
  /** Milliseconds since the Unix epoch. */
  readonly createdAt: number;
  changedAt: number;
  friendlyName: string;
  voiceUrl: string;
  voiceMethod: Method;
  voiceFallbackUrl: string;
  voiceFallbackMethod: Method;
  statusCallback: string;
  statusCallbackMethod: Method;
  smsUrl: string;
  smsMethod: Method;
  smsFallbackUrl: string;
  smsFallbackMethod: Method;
  smsStatusCallback: string;
  messageStatusCallback: string;
};

/** The applications of an account. */
export class Applications {
  readonly #applications: Application[] = [];

  /** Makes one without webhooks. */
  create(at: number): Application {
    const sid = createSid('AP');
    const application: Application = {
      sid,
      createdAt: at,
      changedAt: at,
      friendlyName: sid,
      voiceUrl: '',
      voiceMethod: 'POST',
      voiceFallbackUrl: '',
      voiceFallbackMethod: 'POST',
      statusCallback: '',
      statusCallbackMethod: 'POST',
      smsUrl: '',
      smsMethod: 'POST',
      smsFallbackUrl: '',
      smsFallbackMethod: 'POST',
      smsStatusCallback: '',
      messageStatusCallback: '',
    };
    this.#applications.push(application);
    return application;
  }

  /** The one with this SID. */
  get(sid: string): Application | undefined {
    return this.#applications.find(application => application.sid === sid);
  }

  /** Every one, the latest first. */
  list(): readonly Application[] {
    return this.#applications.toReversed();
  }

  /** Forgets one. */
  remove(application: Application): void {
    this.#applications.splice(this.#applications.indexOf(application), 1);
  }
}
