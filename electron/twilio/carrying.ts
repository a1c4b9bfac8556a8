import type { CallId } from '../core/call.ts';
import type { BookedCall, CallBook } from './call-book.ts';
import { type CallProgress, carrierOf } from './call-progress.ts';
import type { CallWatch } from './call-watch.ts';
import type { MediaStream } from './media-stream.ts';
import type { Webhook } from './server.ts';
import type { StreamTokens } from './stream-tokens.ts';
import type { Talk } from './talk.ts';
import type { Transcriptions } from './transcriptions.ts';
import { connectStream } from './twiml.ts';
import type { WebhookUrls } from './webhook-urls.ts';

/** So many streams of one document may have started: it lasts for two losses, of which each may take all its pauses. */
const MOST_STARTS = 2;

/** What carrying calls needs of the rest. */
type CarryingPorts = {
  readonly book: CallBook;
  readonly tokens: StreamTokens;
  readonly urls: WebhookUrls;
  readonly progress: CallProgress;
  readonly watch: CallWatch;
  readonly talk: Talk;
  readonly transcriptions: Pick<Transcriptions, 'begin'>;
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
  const { book, tokens, urls, progress, watch, talk, transcriptions } = ports;
  /** How many streams of its last document a call has had. */
  const starts = new WeakMap<BookedCall, number>();

  /** Forgets a stream of a call. @returns false when it was forgotten before */
  const stop = (call: BookedCall, stream: Pick<MediaStream, 'streamSid'>): boolean => {
    const known = [...call.streams].find(({ streamSid }) => streamSid === stream.streamSid);
    if (known === undefined || !call.streams.delete(known)) return false;
    progress.tell({ event: 'stream-stopped', callId: call.id, streamSid: stream.streamSid });
    return true;
  };

  const carrierDocument = (call: BookedCall, webhook: Webhook): string => {
    if (carrierOf(call, ports.isTrial()) === 'gather') return talk.listen(call, webhook);
    starts.set(call, 0);
    return connectStream(urls.stream(), tokens.mint(call.id), urls.voice(call.id, 'resume'));
  };

  return {
    carry: (call, webhook) => {
      // Before it is told as answered: who then wants its transcript knows whether it begins by itself.
      const begun = transcriptions.begin(call);
      progress.answer(call, webhook.key);
      return begun(talk.next(call, webhook) ?? carrierDocument(call, webhook));
    },
    callOf: (token, callSid) => {
      const pass = tokens.passOf(token);
      const call = pass?.purpose === 'talk' ? book.byId(pass.callId) : undefined;
      // One that is to be ended comes to its end when Twilio gets no stream.
      const isWanted = call?.sid === callSid && !call.endedHere && call.away === null;
      return isWanted ? call.id : null;
    },
    streamStarted: stream => {
      const { callId, streamSid } = stream;
      const call = book.byId(callId);
      if (call === undefined) return;
      // Twilio streams a call once: it has given up the other, whose end got lost on the way.
      for (const old of [...call.streams]) {
        stop(call, old);
        old.close();
      }
      call.streams.add(stream);
      watch.seen(call);
      progress.answer(call);
      progress.tell({ event: 'stream-started', callId, streamSid });
      const started = (starts.get(call) ?? 0) + 1;
      starts.set(call, started);
      // Where no request can do it, the rest of the document has to do.
      if (started > MOST_STARTS) talk.renew(call).catch(() => {});
    },
    streamEnded: stream => {
      const call = book.byId(stream.callId);
      if (call === undefined || !stop(call, stream)) return;
      // One that is away left its stream behind; it is not lost.
      if (call.away === null) watch.streamLost(call);
      else watch.seen(call);
    },
  };
}
