import type { Method } from './webhooks.ts';

/** Our own number on the practice line: where its calls are announced. Changed through REST. */
export type LineNumber = {
  readonly sid: string;
  readonly phoneNumber: string;
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
};

/** A number as it is bought: named by itself, with no webhooks. */
export function createLineNumber(sid: string, phoneNumber: string, at: number): LineNumber {
  return {
    sid,
    phoneNumber,
    createdAt: at,
    changedAt: at,
    friendlyName: nationalFormat(phoneNumber),
    voiceUrl: '',
    voiceMethod: 'POST',
    voiceFallbackUrl: '',
    voiceFallbackMethod: 'POST',
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
