import type { CallId } from '../core/call.ts';

/** The addresses Twilio is sent to about a call. */
export type WebhookUrls = {
  /**
   * Where to ask what comes next.
   * @param use why it will be asked, with a number that makes the address unlike any other: a
   *   server answers the same signed request with what it answered before
   */
  readonly voice: (id: CallId, use: VoiceUse) => string;
  /** The address of a call that is dialled. */
  readonly answered: (id: CallId) => string;
  readonly status: (id: CallId) => string;
  /** Where to tell who took the call. */
  readonly answeredBy: (id: CallId) => string;
  /** Where to tell what a gather got. */
  readonly gather: (id: CallId, turn: string, query?: Readonly<Record<string, string>>) => string;
  readonly holdMusic: () => string;
  readonly stream: () => string;
};

/** Why a call's document is asked for again: it rings on, streams again, has something to say, is picked up, left the queue. */
type VoiceUse = 'turn' | 'resume' | 'say' | 'pick' | 'left';

/** @param origin the public address without a path; while there is none, the last one is used, as a lost tunnel may come back */
export function createWebhookUrls(origin: () => string | null): WebhookUrls {
  let last = '';
  let uses = 0;
  const to = (path: string, query: Readonly<Record<string, string>> = {}): string => {
    last = origin() ?? last;
    const search = new URLSearchParams(query).toString();
    return search === '' ? `${last}${path}` : `${last}${path}?${search}`;
  };
  return {
    voice: (callId, use) => to('/voice/webhook', { callId, [use]: String(++uses) }),
    answered: callId => to('/voice/webhook', { callId }),
    status: callId => to('/voice/status', { callId }),
    answeredBy: callId => to('/voice/answered-by', { callId }),
    gather: (callId, turn, query) => to('/voice/gather', { callId, turn, ...query }),
    holdMusic: () => to('/voice/hold-music'),
    stream: () => to('/voice/stream').replace(/^http/, 'ws'),
  };
}
