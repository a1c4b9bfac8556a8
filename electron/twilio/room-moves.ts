import type { CallId, Party } from '../core/call.ts';
import type { RoomNews } from '../core/conference.ts';
import type { PhoneNumber } from '../core/phone-number.ts';
import type { Away, BookedCall, CallBook } from './call-book.ts';
import type { CallProgress } from './call-progress.ts';
import { directionOf, progressOf } from './call-status.ts';
import { type CallWatch, problemKind } from './call-watch.ts';
import type { Incoming } from './incoming.ts';
import { LatestSids } from './latest-sids.ts';
import type { LegPlaces } from './leg-places.ts';
import { unreachableHere } from './line-problems.ts';
import type { QueueRest } from './queue-rest.ts';
import type { Rest } from './rest.ts';
import { aboutLeg, callOver } from './room-problems.ts';
import type { Webhook, WebhookHandler } from './server.ts';
import { hangUpCall } from './twiml.ts';
import { text } from './webhook-fields.ts';
import type { WebhookUrls } from './webhook-urls.ts';

/** What moving legs needs of the rest. */
type MovePorts = {
  readonly book: CallBook;
  readonly rest: Pick<Rest, 'fetch' | 'redirect'>;
  readonly queues: Pick<QueueRest, 'take'>;
  readonly urls: WebhookUrls;
  readonly places: LegPlaces;
  readonly progress: CallProgress;
  readonly watch: CallWatch;
  readonly incoming: Incoming;
  readonly origin: () => string | null;
  readonly number: () => PhoneNumber | null;
  readonly newCallId: () => CallId;
  readonly onNews: (news: RoomNews) => void;
  /** What a call is to do next that comes back to this desk. */
  readonly voice: (webhook: Webhook) => Promise<string>;
};

/** Sends live legs elsewhere, and takes waiting ones. Everything that fails as expected rejects with a `ProblemError`. */
export type RoomMoves = {
  readonly moveIntoRoom: (name: string, callSids: readonly string[]) => Promise<void>;
  readonly dialInstead: (callId: CallId, callSid: string, to: string) => Promise<void>;
  readonly pickUp: (queueSid: string, callSid: string, from: Party) => Promise<CallId>;
  /** Whom a leg rings instead: `/voice/transfer`. */
  readonly transfer: (webhook: Webhook) => Promise<string>;
  /** They answered: `/voice/transfer-answered`. */
  readonly transferAnswered: WebhookHandler;
  /** That is over, or nobody answered: `/voice/transfer-over`. */
  readonly transferOver: (webhook: Webhook) => Promise<string>;
};

/** Ways a Dial is over that somebody answered. Source: the Dial verb, `DialCallStatus`. */
const ANSWERED: ReadonlySet<string> = new Set(['completed', 'answered']);

/** Builds what moves legs. */
export function createRoomMoves(ports: MovePorts): RoomMoves {
  const { book, rest, urls, places, progress, watch, onNews } = ports;
  /** Legs whose transfer was told as done. */
  const transferred = new LatestSids();

  /** Sends a leg elsewhere. A call of this desk leaves its stream behind then. */
  const send = async (callSid: string, url: string, away: Away): Promise<void> => {
    const call = book.bySid(callSid);
    const before = call?.away ?? null;
    // Before Twilio is asked: its stream may be over before the answer comes.
    if (call !== undefined) call.away = away;
    try {
      await rest.redirect(callSid, { url });
    } catch (error) {
      if (call !== undefined) {
        call.away = before;
        if (call.streams.size === 0 && before === null) watch.streamLost(call);
      }
      throw aboutLeg(error, callSid);
    }
  };

  const mustReach = (): void => {
    if (ports.origin() === null) throw unreachableHere();
  };

  /** Somebody took a leg: it is over for this desk. */
  const handOver = (callId: CallId, callSid: string, key: string): void => {
    if (callSid === '' || transferred.has(callSid)) return;
    transferred.add(callSid);
    onNews({ kind: 'leg', callSid, status: 'transferred' });
    const call = book.byId(callId);
    if (call !== undefined && call.away?.in === 'transfer' && call.sid === callSid) {
      progress.end(call, 'transferred', key);
    }
  };

  /** Enters a call of somebody else's queue; it rings here when it asks what to do. */
  const enter = async (callSid: string, them: Party): Promise<BookedCall> => {
    const found = await rest.fetch(callSid);
    if (found === null || progressOf(found.status) === 'ended') throw callOver();
    const direction = directionOf(found.direction);
    const ours = direction === 'inbound' ? found.to : found.from;
    return book.open({ id: ports.newCallId(), direction, kind: 'direct', them, ours }, callSid);
  };

  return {
    moveIntoRoom: async (name, callSids) => {
      mustReach();
      const moves = callSids.map(sid => send(sid, places.urlOf(name, sid), { in: 'room', name }));
      const failed = (await Promise.allSettled(moves)).find(({ status }) => status === 'rejected');
      if (failed?.status === 'rejected') throw failed.reason;
    },
    dialInstead: async (callId, callSid, to) => {
      mustReach();
      await send(callSid, urls.transfer(callId, to), { in: 'transfer', to });
    },
    pickUp: async (queueSid, callSid, from) => {
      mustReach();
      const known = book.bySid(callSid);
      if (known !== undefined) {
        await ports.incoming.answer(known);
        return known.id;
      }
      const call = await enter(callSid, from);
      call.decision = 'answer';
      try {
        await ports.queues.take(queueSid, callSid, urls.voice(call.id, 'pick'));
      } catch (error) {
        // It came here, though the answer was lost.
        if (call.progress !== 'requested') return call.id;
        // Whether it comes is not known: then it is let in as it is.
        if (problemKind(error) !== 'call-uncertain') book.withdraw(call);
        throw error;
      }
      watch.seen(call);
      return call.id;
    },
    transfer: async ({ params, query }) => {
      const callSid = text(params['CallSid']);
      const { callId = '', to = '' } = query;
      const from = book.byId(callId)?.ours ?? ports.number();
      if (callSid === '' || to === '' || from === null) return hangUpCall();
      return places.transfer({ callId, callSid }, to, from);
    },
    transferAnswered: async ({ query, key }) => {
      handOver(query['callId'] ?? '', query['leg'] ?? '', key);
      return null;
    },
    transferOver: async webhook => {
      const { params, query, key } = webhook;
      const callSid = text(params['CallSid']);
      const { callId = '' } = query;
      if (ANSWERED.has(text(params['DialCallStatus'])) || transferred.has(callSid)) {
        handOver(callId, callSid, key);
        return hangUpCall();
      }
      const call = book.byId(callId);
      onNews({ kind: 'leg', callSid, status: 'returned' });
      if (call === undefined || call.sid !== callSid) return ports.voice({ ...webhook, query: {} });
      call.away = null;
      return ports.voice(webhook);
    },
  };
}
