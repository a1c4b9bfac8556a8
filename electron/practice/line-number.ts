import { createSid } from './sid.ts';
import type { Method } from './webhooks.ts';

/** What a number can be used for. */
type Capabilities = {
  readonly voice: boolean;
  readonly sms: boolean;
  readonly mms: boolean;
  readonly fax: boolean;
};

/** One of our own numbers on the practice line: where its calls are announced. Changed through REST. */
export type LineNumber = {
  readonly sid: string;
  readonly phoneNumber: string;
  readonly capabilities: Capabilities;
  /** Milliseconds since the Unix epoch. */
  readonly createdAt: number;
  changedAt: number;
  friendlyName: string;
  voiceUrl: string;
  voiceMethod: Method;
  voiceFallbackUrl: string;
  voiceFallbackMethod: Method;
  /** The application whose webhooks count instead, if there is one. */
  voiceApplicationSid: string;
  statusCallback: string;
  statusCallbackMethod: Method;
  smsUrl: string;
  smsMethod: Method;
};

/** A number as it is bought: named by itself, with no webhooks. Every number takes messages, not every one calls. */
export function createLineNumber(
  { phoneNumber, voice }: { readonly phoneNumber: string; readonly voice: boolean },
  at: number,
): LineNumber {
  return {
    sid: createSid('PN'),
    phoneNumber,
    capabilities: { voice, sms: true, mms: voice, fax: false },
    createdAt: at,
    changedAt: at,
    friendlyName: nationalFormat(phoneNumber),
    voiceUrl: '',
    voiceMethod: 'POST',
    voiceFallbackUrl: '',
    voiceFallbackMethod: 'POST',
    voiceApplicationSid: '',
    statusCallback: '',
    statusCallbackMethod: 'POST',
    smsUrl: '',
    smsMethod: 'POST',
  };
}

/** `+14155550100` as `(415) 555-0100`; numbers of other countries as they are. */
export function nationalFormat(number: string): string {
  return number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3');
}
