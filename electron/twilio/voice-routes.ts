import type { WebhookHandler } from './server.ts';
import type { VoiceWebhooks } from './voice-webhooks.ts';

/** Paths that answer with TwiML; the first is ours, the others are those of older systems. */
const VOICE_PATHS = [
  '/voice/webhook',
  '/voice/incoming',
  '/twilio/voice/inbound',
  '/twilio/voice/outbound_twiML',
  '/webhooks/twilio/voice',
  '/twiml',
];

/** Paths that take status callbacks. */
const STATUS_PATHS = [
  '/voice/status',
  '/voice/events',
  '/twilio/status',
  '/webhooks/twilio/status',
  '/call/status',
];

/** Paths a Media Stream may be opened on. */
const STREAM_PATH = /^\/(voice\/stream|media-stream|twilio\/stream\/[A-Za-z0-9]+)\/?$/;

/** Whether a stream may be opened on a path. */
export function isStreamPath(path: string): boolean {
  return STREAM_PATH.test(path);
}

/** Every path that Twilio asks or tells, with what answers it. */
export function voiceRoutes(webhooks: VoiceWebhooks): ReadonlyMap<string, WebhookHandler> {
  return new Map<string, WebhookHandler>([
    ...VOICE_PATHS.map(path => [path, webhooks.voice] as const),
    ...STATUS_PATHS.map(path => [path, webhooks.status] as const),
    ['/voice/answered-by', webhooks.answeredBy],
    ['/voice/gather', webhooks.gather],
    ['/voice/hold-music', webhooks.holdMusic],
  ]);
}
