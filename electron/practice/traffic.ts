import type { Emitter } from '../core/emitter.ts';
import type { Alert } from './alerts.ts';
import type { PracticeCall } from './call.ts';
import type { Message } from './message-book.ts';
import type { Method, Webhooks } from './webhooks.ts';

/** What a request to the app is about. */
type WebhookKind =
  | 'voice'
  | 'status'
  | 'stream'
  | 'recording'
  | 'transcription'
  | 'conference'
  | 'message'
  | 'message-status'
  | 'sound';

/** A request to the app and its answer. */
export type WebhookTraffic = {
  readonly event: 'webhook-sent';
  readonly kind: WebhookKind;
  readonly url: string;
  readonly method: Method;
  readonly params: Readonly<Record<string, string>>;
  /** The HTTP status of the answer; null when there was none. */
  readonly status: number | null;
  /** The TwiML that came back; null when the answer was none. */
  readonly twiml: string | null;
};

/** Everything that happens on a line, as it happens. */
export type Traffic =
  | WebhookTraffic
  | {
      readonly event: 'call-ringing' | 'call-answered' | 'call-ended';
      readonly call: PracticeCall;
    }
  | {
      readonly event: 'stream-started' | 'stream-stopped';
      readonly call: PracticeCall;
      readonly streamSid: string;
    }
  | { readonly event: 'message-sent' | 'message-received'; readonly message: Message }
  | { readonly event: 'alert'; readonly alert: Alert };

/** Tells every request and its answer besides sending it. */
export function observed(webhooks: Webhooks, traffic: Emitter<Traffic>): Webhooks {
  return {
    close: () => webhooks.close(),
    async send(request, maxBytes, signal) {
      const { url, method, params } = request;
      const tell = (status: number | null, twiml: string | null): void =>
        traffic.emit({
          event: 'webhook-sent',
          kind: kindOf(params),
          // The fragment is for Twilio alone: it is not sent.
          url: url.split('#', 1)[0] ?? url,
          method,
          params,
          status,
          twiml,
        });
      try {
        const reply = await webhooks.send(request, maxBytes, signal);
        const isText = /\b(?:xml|html)\b|^text\//i.test(reply.contentType);
        tell(reply.status, isText && reply.body.length > 0 ? reply.body.toString('utf8') : null);
        return reply;
      } catch (error) {
        tell(null, null);
        throw error;
      }
    },
  };
}

/** A request is known by what it carries. */
function kindOf(params: WebhookTraffic['params']): WebhookKind {
  if ('StreamEvent' in params) return 'stream';
  if ('TranscriptionEvent' in params) return 'transcription';
  if ('StatusCallbackEvent' in params) return 'conference';
  if ('RecordingStatus' in params) return 'recording';
  if ('MessageStatus' in params) return 'message-status';
  if ('MessageSid' in params) return 'message';
  if ('CallbackSource' in params || 'MachineDetectionDuration' in params) return 'status';
  return 'CallSid' in params ? 'voice' : 'sound';
}
