import { API_VERSION } from './call-params.ts';
import type { Line } from './line.ts';
import { type Message, segmentsOf } from './message-book.ts';
import { twilioDate } from './twilio-date.ts';

/** A message as Twilio's API shows it. */
export function messageResource({ accountSid }: Line, message: Message): object {
  const base = `/${API_VERSION}/Accounts/${accountSid}/Messages/${message.sid}`;
  return {
    sid: message.sid,
    account_sid: accountSid,
    messaging_service_sid: null,
    from: message.from,
    to: message.to,
    body: message.body,
    num_segments: String(segmentsOf(message.body)),
    num_media: String(message.mediaUrls.length),
    direction: message.direction,
    status: message.status,
    error_code: message.errorCode,
    error_message: message.errorCode === null ? null : 'The message was not delivered',
    price: null,
    price_unit: 'USD',
    date_created: twilioDate(message.createdAt),
    date_updated: twilioDate(message.changedAt),
    date_sent: message.sentAt === null ? null : twilioDate(message.sentAt),
    api_version: API_VERSION,
    uri: `${base}.json`,
    subresource_uris: { media: `${base}/Media.json`, feedback: `${base}/Feedback.json` },
  };
}
