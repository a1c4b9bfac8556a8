import type { TwimlSource } from './run-twiml.ts';
import type { Method } from './webhooks.ts';

/** Where calls are announced. */
export type VoiceWebhooks = {
  readonly voiceUrl: string;
  readonly voiceMethod: Method;
  readonly voiceFallbackUrl: string;
  readonly voiceFallbackMethod: Method;
};

/** What is asked for TwiML when a call comes in. */
export function voiceSource(webhooks: VoiceWebhooks): Extract<TwimlSource, { kind: 'url' }> {
  const source = { kind: 'url', url: webhooks.voiceUrl, method: webhooks.voiceMethod } as const;
  if (webhooks.voiceFallbackUrl === '') return source;
  const fallback = { url: webhooks.voiceFallbackUrl, method: webhooks.voiceFallbackMethod };
  return { ...source, fallback };
}
