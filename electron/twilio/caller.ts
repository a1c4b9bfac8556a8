import type { Direction, Party } from '../core/call.ts';
import type { PhoneNumber } from '../core/phone-number.ts';
import { text, type WebhookParams } from './webhook-fields.ts';

/** Reads who is on a call. Source: https://www.twilio.com/docs/voice/twiml#request-parameters */
export function partiesOf(
  direction: Direction,
  params: WebhookParams,
): { readonly them: Party; readonly ours: PhoneNumber } {
  const inbound = direction === 'inbound';
  const callerName = text(params['CallerName']);
  const number = text(params[inbound ? 'From' : 'To']);
  return {
    them: { number, name: inbound && callerName !== '' ? callerName : null },
    ours: text(params[inbound ? 'To' : 'From']),
  };
}
