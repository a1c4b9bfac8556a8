import type { Direction } from './call.ts';
import { isLoopback } from './loopback.ts';
import type { PhoneNumber } from './phone-number.ts';
import type { Problem } from './problem.ts';

/** Earshot's own name for a message; lives before Twilio has given one. */
export type MessageId = string;

/**
 * How far a message has come: `requested` before Twilio said anything of it, Twilio's own words after that.
 * Source: Messages resource, `status`
 */
export type MessageStatus =
  | 'requested'
  | 'accepted'
  | 'scheduled'
  | 'queued'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'undelivered'
  | 'failed'
  | 'canceled'
  | 'read'
  | 'receiving'
  | 'received';

/** A picture, sound or other file of a message. */
export type MessageMedia = {
  readonly url: string;
  /** Such as `image/jpeg`; null when it is not known. */
  readonly contentType: string | null;
};

/** One text message. */
export type Message = {
  readonly id: MessageId;
  /** Twilio's MessageSid (SM… or MM…); null until Twilio has named it. */
  readonly sid: string | null;
  readonly direction: Direction;
  /** The outside person: E.164, a short code, or the name a company sends under. */
  readonly them: PhoneNumber;
  readonly ours: PhoneNumber;
  readonly body: string;
  readonly media: readonly MessageMedia[];
  readonly status: MessageStatus;
  /** When it was asked for here or came in, in ms since the epoch. */
  readonly at: number;
  /** Twilio's code for why it did not arrive; null while nothing is wrong. */
  readonly code: string | null;
};

/** How a message is named: here, and by Twilio; empty where a name is not known. */
export type MessageNames = { readonly id: MessageId; readonly sid: string };

/** What every fact about a message tells of it. */
export type MessageIntroduction = {
  readonly messageId: MessageId;
  readonly messageSid: string | null;
  readonly direction: Direction;
  readonly from: PhoneNumber;
  readonly to: PhoneNumber;
  readonly body: string;
  readonly media: readonly MessageMedia[];
};

/** What happened to a message. These are kept for ever in the store, and not in the state. */
export type MessageFact =
  | ({ readonly event: 'message-requested' } & MessageIntroduction)
  /** Twilio has taken a message from here and named it. */
  | ({ readonly event: 'message-sent'; readonly status: MessageStatus } & MessageIntroduction)
  | ({ readonly event: 'message-received' } & MessageIntroduction)
  /** It came further, or did not arrive: then with the problem. */
  | ({
      readonly event: 'message-status-changed';
      readonly status: MessageStatus;
      readonly problem?: Problem;
    } & MessageIntroduction);

/** Most characters of one message. Source: Messages resource, `Body` */
export const MOST_CHARACTERS = 1600;

/** Most files of one message. Source: Messages resource, `MediaUrl` */
export const MOST_MEDIA = 10;

/** How far along the way a status is; statuses of one rank exclude each other. */
const RANKS: Readonly<Record<MessageStatus, number>> = {
  requested: 0,
  accepted: 1,
  scheduled: 2,
  queued: 3,
  sending: 4,
  sent: 5,
  delivered: 6,
  undelivered: 6,
  failed: 6,
  canceled: 6,
  read: 7,
  receiving: 0,
  received: 6,
};

/** Twilio's word for a status; null when it is none. */
export function messageStatus(word: string): MessageStatus | null {
  const known = Object.keys(RANKS).find(status => status === word && word !== 'requested');
  return (known as MessageStatus | undefined) ?? null;
}

/** Whether a message may come from one status to another: only forward, and nothing leaves a last one but `delivered` for `read`. */
export function mayBecome(from: MessageStatus, to: MessageStatus): boolean {
  const isLast = RANKS[from] >= RANKS.delivered;
  if (isLast) return from === 'delivered' && to === 'read';
  return isIncoming(from) === isIncoming(to) && RANKS[to] > RANKS[from];
}

/** Whether a message did not and will not arrive. */
export function hasFailed(status: MessageStatus): boolean {
  return status === 'failed' || status === 'undelivered';
}

/** Whether Twilio may fetch a file from an address: https, or http on this computer, where only the practice line is. */
export function isMediaUrl(text: string): boolean {
  const address = /^(https?):\/\/(\[[^\]/]+\]|[^\s/:?#@]+)(:\d{1,5})?([/?#]\S*)?$/i.exec(text);
  if (address === null) return false;
  const [, scheme = '', host = ''] = address;
  return scheme.toLowerCase() === 'https' || isLoopback(host);
}

function isIncoming(status: MessageStatus): boolean {
  return status === 'receiving' || status === 'received';
}
