import type { CallId } from '../core/call.ts';
import type { BookedCall, CallBook } from './call-book.ts';
import { type CallProgress, carrierOf } from './call-progress.ts';
import type { CallWatch } from './call-watch.ts';
import type { MediaStream } from './media-stream.ts';
import type { Webhook } from './server.ts';
import type { StreamTokens } from './stream-tokens.ts';
import type { Talk } from './talk.ts';
import { connectStream } from './twiml.ts';
import type { WebhookUrls } from './webhook-urls.ts';

/** How long a call waits before a stream that did not start is tried again, in seconds. */
const RETRY_S = 1;

/** What carrying calls needs of the rest. */
type CarryingPorts = {
  readonly book: CallBook;
  readonly tokens: StreamTokens;
  readonly urls: WebhookUrls;
  readonly progress: CallProgress;
  readonly watch: CallWatch;
  readonly talk: Talk;
  readonly isTrial: () => boolean;
};

/** Brings answered calls to the desk: as a stream, or as words where Twilio allows no stream. */
export type Carrying = {
  /** The document an answered call goes on with: what is to be said on it first, then its carrier. */
  readonly carry: (call: BookedCall, webhook: Webhook) => string;
  /** The call a stream token lets into, or null. */
  readonly callOf: (token: string, callSid: string) => CallId | null;
  readonly streamStarted: (stream: MediaStream) => void;
  readonly streamEnded: (stream: MediaStream) => void;
};

/** Builds what carries calls. */
export function createCarrying(ports: CarryingPorts): Carrying {
  const { book, tokens, urls, progress, watch, talk } = ports;
  /** Calls that were sent to a stream which has not started. */
  const unstarted = new WeakSet<BookedCall>();
  return {
    carry: (call, webhook) => {
      progress.answer(call, webhook.key);
      const document = talk.next(call, webhook);
      if (document !== null) return document;
      if (carrierOf(call, ports.isTrial()) === 'gather') return talk.listen(call, webhook);
      // Where no stream can start, Twilio comes back at once: without a pause, many times a second.
      const isFailing = unstarted.has(call) && webhook.query['resume'] !== undefined;
      unstarted.add(call);
      const [token, next] = [tokens.mint(call.id), urls.voice(call.id, 'resume')];
      return connectStream(urls.stream(), token, next, isFailing ? RETRY_S : 0);
    },
    callOf: (token, callSid) => {
      const id = tokens.callOf(token);
      return id !== null && book.byId(id)?.sid === callSid ? id : null;
    },
    streamStarted: stream => {
      const { callId, streamSid } = stream;
      const call = book.byId(callId);
      if (call === undefined) return;
      unstarted.delete(call);
      call.streams.add(stream);
      watch.seen(call);
      progress.answer(call);
      progress.tell({ event: 'stream-started', callId, streamSid });
    },
    streamEnded: stream => {
      const { callId, streamSid } = stream;
      const call = book.byId(callId);
      if (call === undefined) return;
      call.streams.delete(stream);
      if (call.streams.size > 0) return;
      progress.tell({ event: 'stream-stopped', callId, streamSid });
      watch.streamLost(call);
    },
  };
}
