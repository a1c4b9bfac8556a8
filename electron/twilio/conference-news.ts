import type { Cancel, Clock } from '../core/clock.ts';
import type { RoomNews } from '../core/conference.ts';
import type { Log } from '../log.ts';
import { LatestSids } from './latest-sids.ts';
import type { WebhookHandler } from './server.ts';
import { text } from './webhook-fields.ts';

/** What telling of conferences needs of the rest. */
type NewsPorts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly onNews: (news: RoomNews) => void;
};

/** What Twilio tells of conferences, in the order in which it happened. */
export type ConferenceNews = { readonly hear: WebhookHandler; readonly close: () => void };

type ParticipantNews = Extract<RoomNews, { kind: 'participant' }>;
type ToldConference = Extract<RoomNews, { kind: 'participant' | 'conference-ended' }>;

/** Twilio's words for what happens to a participant. Source: https://www.twilio.com/docs/voice/twiml/conference */
const CHANGES: Readonly<Record<string, ParticipantNews['change']>> = {
  'participant-join': 'joined',
  'participant-leave': 'left',
  'participant-mute': 'muted',
  'participant-unmute': 'unmuted',
  'participant-hold': 'held',
  'participant-unhold': 'unheld',
  'participant-modify': 'modified',
};

/** How long news waits for what happened before it and may come yet, in ms: requests overtake each other. */
const ORDER_WAIT_MS = 300;

/** So many conferences are known at once, and so many numbers of each; the oldest are forgotten first. */
const MOST_CONFERENCES = 250;
const MOST_NUMBERS = 1000;

type Order = {
  /** The number that comes next. */
  next: number;
  /** Numbers that were told. */
  readonly told: Set<number>;
  /** What came before its turn; null is what is of no interest. */
  readonly early: Map<number, ToldConference | null>;
  cancelWait: Cancel;
};

/** Builds what hears of conferences. */
export function createConferenceNews({ clock, log, onNews }: NewsPorts): ConferenceNews {
  const orders = new Map<string, Order>();
  const over = new LatestSids();

  const orderOf = (conferenceSid: string): Order => {
    const known = orders.get(conferenceSid);
    if (known !== undefined) return known;
    const order: Order = { next: 1, told: new Set(), early: new Map(), cancelWait: () => {} };
    orders.set(conferenceSid, order);
    const [oldest] = orders.keys();
    if (orders.size > MOST_CONFERENCES && oldest !== undefined) forget(oldest);
    return order;
  };

  const forget = (conferenceSid: string): void => {
    orders.get(conferenceSid)?.cancelWait();
    orders.delete(conferenceSid);
  };

  const pass = (order: Order, sequence: number, news: ToldConference | null): void => {
    order.early.delete(sequence);
    order.told.add(sequence);
    const [oldest] = order.told;
    if (order.told.size > MOST_NUMBERS && oldest !== undefined) order.told.delete(oldest);
    order.next = Math.max(order.next, sequence + 1);
    if (news !== null) onNews(news);
  };

  /** Tells what came early, in its order. @param hasWaited also what something before is missing of */
  const flush = (order: Order, hasWaited: boolean): void => {
    for (const sequence of [...order.early.keys()].sort((a, b) => a - b)) {
      if (!hasWaited && sequence !== order.next) break;
      pass(order, sequence, order.early.get(sequence) ?? null);
    }
    order.cancelWait();
    order.cancelWait = () => {};
    if (order.early.size > 0) {
      order.cancelWait = clock.after(ORDER_WAIT_MS, () => flush(order, true));
    }
  };

  const take = (conferenceSid: string, sequence: number, news: ToldConference | null): void => {
    if (over.has(conferenceSid)) return;
    const order = orderOf(conferenceSid);
    if (order.told.has(sequence) || order.early.has(sequence)) return;
    if (sequence < order.next) {
      // Too late to be of use, except that somebody is gone for good.
      if (isUrgent(news)) pass(order, sequence, news);
      return;
    }
    order.early.set(sequence, news);
    // Whoever left may have been whispered to: that waits for nothing.
    flush(order, isUrgent(news));
    if (news?.kind !== 'conference-ended') return;
    over.add(conferenceSid);
    forget(conferenceSid);
  };

  return {
    hear: async ({ params }) => {
      const conferenceSid = text(params['ConferenceSid']);
      const sequence = Number(text(params['SequenceNumber']));
      const isNumbered = Number.isSafeInteger(sequence) && sequence > 0;
      if (!/^CF[0-9a-z]{1,32}$/i.test(conferenceSid) || !isNumbered) {
        log.debug('something was told of no conference');
        return null;
      }
      const event = text(params['StatusCallbackEvent']);
      const conferenceName = text(params['FriendlyName']);
      const change = Object.hasOwn(CHANGES, event) ? CHANGES[event] : undefined;
      const callSid = text(params['CallSid']);
      const names = { conferenceSid, conferenceName };
      if (event === 'conference-end') {
        take(conferenceSid, sequence, { kind: 'conference-ended', ...names });
      } else if (change === undefined || callSid === '') take(conferenceSid, sequence, null);
      else {
        const label = text(params['ParticipantLabel']);
        const news = { kind: 'participant', ...names, callSid, label, change, sequence } as const;
        take(conferenceSid, sequence, news);
      }
      return null;
    },
    close: () => {
      for (const conferenceSid of [...orders.keys()]) forget(conferenceSid);
    },
  };
}

function isUrgent(news: ToldConference | null): boolean {
  return (
    news?.kind === 'conference-ended' || (news?.kind === 'participant' && news.change === 'left')
  );
}
