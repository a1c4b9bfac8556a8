import type { CallId } from '../core/call.ts';
import type { Settings } from '../core/settings.ts';
import type { Log } from '../log.ts';
import type { BookedCall, CallBook } from './call-book.ts';
import type { CallProgress } from './call-progress.ts';
import { directionOf, progressOf, statusWord } from './call-status.ts';
import type { CallWatch } from './call-watch.ts';
import { partiesOf } from './caller.ts';
import type { Carrying } from './carrying.ts';
import { mayRing } from './inbound-policy.ts';
import type { Incoming } from './incoming.ts';
import { LatestSids } from './latest-sids.ts';
import type { LegPlaces } from './leg-places.ts';
import type { Notices } from './notices.ts';
import type { Restoring } from './restoring.ts';
import type { Rooms } from './rooms.ts';
import type { Webhook } from './server.ts';
import type { Talk } from './talk.ts';
import { hangUpCall, holdMusic, leaveQueue, rejectCall } from './twiml.ts';
import { text } from './webhook-fields.ts';

/** What answering webhooks needs of the rest. */
type WebhookPorts = {
  readonly log: Log;
  readonly book: CallBook;
  readonly progress: CallProgress;
  readonly watch: CallWatch;
  readonly talk: Talk;
  readonly notices: Notices;
  readonly carrying: Carrying;
  readonly incoming: Incoming;
  readonly restoring: Restoring;
  readonly rooms: Pick<Rooms, 'incoming' | 'has'>;
  readonly places: Pick<LegPlaces, 'documentOf'>;
  readonly settings: () => Settings;
  readonly isBusy: () => boolean;
  readonly isClosing: () => boolean;
  readonly newCallId: () => CallId;
};

/** What Twilio asks and tells about calls. */
export type VoiceWebhooks = {
  /** What a call is to do: `/voice/webhook`. */
  readonly voice: (webhook: Webhook) => Promise<string>;
  /** How a call goes: `/voice/status`. */
  readonly status: (webhook: Webhook) => Promise<null>;
  /** Who took a call: `/voice/answered-by`. */
  readonly answeredBy: (webhook: Webhook) => Promise<null>;
  /** What a gather got, and what is to be done then: `/voice/gather`. */
  readonly gather: (webhook: Webhook) => Promise<string>;
  /** What is heard in the hold queue: `/voice/hold-music`. */
  readonly holdMusic: (webhook: Webhook) => Promise<string>;
};

/** Why a call may not ring here: nobody of this number may, or the desk talks on another call. */
const REFUSALS = ['rejected', 'busy'] as const;

type Refusal = (typeof REFUSALS)[number];

/** How a call from outside ends that nobody took: its caller gave up, or Twilio did not reach us. */
const NEVER_TAKEN: ReadonlySet<string> = new Set(['no-answer', 'canceled', 'failed']);

/** Builds what answers webhooks. */
export function createVoiceWebhooks(ports: WebhookPorts): VoiceWebhooks {
  const { log, book, progress, watch, talk, notices, carrying, incoming, restoring } = ports;
  const refused = { rejected: new LatestSids(), busy: new LatestSids() };

  const refusalGiven = (sid: string): Refusal | undefined =>
    REFUSALS.find(refusal => refused[refusal].has(sid));

  const known = async ({ params, query, key }: Webhook): Promise<BookedCall | undefined> => {
    const sid = text(params['CallSid']);
    const call = book.bySid(sid) ?? book.byId(query['callId']);
    if (call === undefined) return;
    await restoring.settled(call);
    if (sid !== '') progress.name(call, sid, key);
    return call;
  };

  /** Whether a call was dialled by a run or a request that has given it up. */
  const isGivenUp = ({ params, query }: Webhook): boolean => {
    const word = text(params['Direction']);
    return query['callId'] !== undefined && directionOf(word) === 'outbound';
  };

  /** Whether nothing was told before of a call from outside: its caller may have given up at once. */
  const isFirst = ({ params, query }: Webhook): boolean =>
    query['callId'] === undefined && directionOf(text(params['Direction'])) === 'inbound';

  /** Registers a call that this webhook is the first to tell of, or says why it may not ring here. */
  const register = ({ params, key }: Webhook): BookedCall | Refusal => {
    const sid = text(params['CallSid']);
    const direction = directionOf(text(params['Direction']));
    const parties = partiesOf(direction, params);
    const dialled = direction === 'outbound' ? book.unnamed(parties.them.number) : undefined;
    if (dialled !== undefined) {
      progress.name(dialled, sid, key);
      return dialled;
    }
    const refusal = direction === 'inbound' ? refusalOf(parties.them.number) : null;
    const callId = ports.newCallId();
    if (refusal === null) {
      return book.open({ id: callId, direction, kind: 'direct', ...parties }, sid);
    }
    refused[refusal].add(sid);
    const because = refusal === 'busy' ? 'busy' : 'policy';
    const caller = { callId, callSid: sid, direction, ...parties };
    progress.tell({ event: 'call-refused', because, ...caller }, key);
    return refusal;
  };

  const refusalOf = (caller: string): Refusal | null => {
    const settings = ports.settings();
    if (!mayRing(caller, settings)) return 'rejected';
    return settings.whenBusy === 'reject' && ports.isBusy() ? 'busy' : null;
  };

  /** Tells a call whose caller gave up before it could ring. @returns why it might not ring here, if so */
  const miss = (webhook: Webhook, status: string): Refusal | null => {
    const { key } = webhook;
    const missed = register(webhook);
    if (typeof missed === 'string') return missed;
    progress.ring(missed, key);
    progress.status(missed, status, key);
    return null;
  };

  /** Whether a call is over of which nobody here was asked what it is to do. */
  const isNeverAsked = (webhook: Webhook): boolean => {
    const sid = text(webhook.params['CallSid']);
    const status = statusWord(text(webhook.params['CallStatus']));
    const isMissed = NEVER_TAKEN.has(status);
    const isKnown = book.isOver(sid) || refusalGiven(sid) !== undefined;
    return isMissed && !isKnown && isFirst(webhook) && !ports.isClosing();
  };

  const proceed = async (call: BookedCall, webhook: Webhook): Promise<string> => {
    const { key } = webhook;
    const live = call.progress === 'answered';
    const isTaken = live || call.progress === 'waiting';
    if (call.endedHere && (isTaken || call.direction === 'outbound')) {
      progress.status(call, 'completed', key);
      return hangUpCall();
    }
    const elsewhere = ports.places.documentOf(call);
    if (elsewhere !== null) return elsewhere;
    if (call.direction === 'inbound' && !live) return incoming.ring(call, webhook);
    progress.ring(call, key);
    if (call.kind !== 'notify') return carrying.carry(call, webhook);
    progress.answer(call, key);
    return notices.serve(call, webhook);
  };

  return {
    voice: async webhook => {
      const { params, key } = webhook;
      const sid = text(params['CallSid']);
      if (sid === '') {
        log.warn('a webhook about a call did not name it');
        return hangUpCall();
      }
      const seat = ports.rooms.incoming(webhook);
      if (seat !== null) return seat;
      const refusal = refusalGiven(sid);
      if (refusal !== undefined) return rejectCall(refusal);
      if (book.isOver(sid)) return hangUpCall();
      // What the queue says of a caller who hung up comes before the call's own status.
      const hasLeft = text(params['QueueResult']) === 'hangup';
      const status = hasLeft ? 'completed' : text(params['CallStatus']);
      const isOver = progressOf(status) === 'ended';
      const old = await known(webhook);
      if (isOver && old === undefined && isFirst(webhook)) {
        const refused = miss(webhook, status);
        return refused === null ? hangUpCall() : rejectCall(refused);
      }
      if (isOver || (old === undefined && isGivenUp(webhook))) {
        if (old !== undefined) progress.status(old, status, key);
        return hangUpCall();
      }
      if (ports.isClosing()) return rejectCall('busy');
      const call = old ?? register(webhook);
      if (typeof call === 'string') return rejectCall(call);
      if (call.progress === 'ended') return hangUpCall();
      progress.answeredBy(call, text(params['AnsweredBy']), key);
      watch.seen(call);
      return proceed(call, webhook);
    },
    status: async webhook => {
      const { params, key } = webhook;
      const status = text(params['CallStatus']);
      const reached = progressOf(status);
      if (ports.rooms.has(text(params['CallSid']))) return null;
      const call = await known(webhook);
      if (call === undefined && isNeverAsked(webhook)) miss(webhook, status);
      else if (call === undefined || reached === null) {
        if (reached === 'ended') book.remember(text(params['CallSid']));
        log.debug({ status }, 'status of a call that is over or unknown');
      } else {
        progress.answeredBy(call, text(params['AnsweredBy']), key);
        progress.status(call, status, key);
        watch.seen(call);
      }
      return null;
    },
    answeredBy: async webhook => {
      const { params, key } = webhook;
      const call = await known(webhook);
      if (call !== undefined) progress.answeredBy(call, text(params['AnsweredBy']), key);
      return null;
    },
    gather: async webhook => {
      const call = await known(webhook);
      if (call === undefined) return hangUpCall();
      const status = text(webhook.params['CallStatus']);
      talk.result(call, webhook);
      if (progressOf(status) === 'ended') progress.status(call, status, webhook.key);
      watch.seen(call);
      return call.progress === 'answered' ? proceed(call, webhook) : hangUpCall();
    },
    holdMusic: async webhook => {
      const call = await known(webhook);
      if (book.isOver(text(webhook.params['CallSid']))) return hangUpCall();
      if (call !== undefined) watch.seen(call);
      if (call?.endedHere) return proceed(call, webhook);
      if (call?.decision === 'answer') return leaveQueue();
      return holdMusic(ports.settings().voice);
    },
  };
}
