import type { Party } from '../core/call.ts';
import type { PhoneNumber } from '../core/phone-number.ts';
import type { BookedCall } from './call-book.ts';
import type { Webhook } from './server.ts';

/** Who is on a call, as a webhook tells it. */
export type Introduction = {
  readonly direction: BookedCall['direction'];
  readonly them: Party;
  readonly ours: PhoneNumber;
};

/** Reads who is on a call. Source: https://www.twilio.com/docs/voice/twiml#request-parameters */
export function introduction(call: BookedCall, { params }: Webhook): Introduction {
  const inbound = call.direction === 'inbound';
  const callerName = text(params['CallerName']);
  const number = text(params[inbound ? 'From' : 'To']);
  return {
    direction: call.direction,
    them: { number, name: inbound && callerName !== '' ? callerName : null },
    ours: text(params[inbound ? 'To' : 'From']),
  };
}

/** A field of a form; when it was sent twice, the first. */
export function text(value: string | readonly string[] | undefined): string {
  return (typeof value === 'string' ? value : value?.[0]) ?? '';
}
