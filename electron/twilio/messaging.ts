import { type Clock, within } from '../core/clock.ts';
import {
  hasFailed,
  type Message,
  type MessageFact,
  type MessageId,
  type MessageIntroduction,
  type MessageMedia,
  type MessageNames,
  type MessageStatus,
  MOST_MEDIA,
  mayBecome,
  messageStatus,
} from '../core/message.ts';
import type { PhoneNumber } from '../core/phone-number.ts';
import { type Problem, ProblemError } from '../core/problem.ts';
import { explainCode } from '../core/twilio-codes.ts';
import type { Log } from '../log.ts';
import { type BookedMessage, MessageBook } from './message-book.ts';
import type { MessageRest } from './message-rest.ts';
import type { Webhook, WebhookHandler } from './server.ts';
import { nothing } from './twiml.ts';
import { text, type WebhookParams } from './webhook-fields.ts';

/** What messages need of the rest. */
type MessagingPorts = {
  readonly clock: Clock;
  readonly log: Log;
  /** Null when only a relay is known, which sends no messages. */
  readonly rest: MessageRest | null;
  /** The public address without a path; null when Twilio cannot tell what becomes of a message. */
  readonly origin: () => string | null;
  readonly newMessageId: () => MessageId;
  /** A message of an earlier run, in its latest state; null when none is kept. */
  readonly kept: (names: MessageNames) => Message | null;
  /** Told of everything that happens to messages. */
  readonly emit: (fact: MessageFact & { readonly key?: string }) => void;
};

/** A message to send. */
type MessageRequest = {
  readonly to: PhoneNumber;
  /** The line's number. */
  readonly ours: PhoneNumber;
  /** Another number of the account to send from. */
  readonly from?: PhoneNumber;
  readonly body: string;
  readonly mediaUrls: readonly string[];
};

/** Text messages through Twilio. */
export type Messaging = {
  /** What Twilio asks and tells about messages, by path. */
  readonly webhooks: ReadonlyMap<string, WebhookHandler>;
  /** Sends a message. Rejects with a `ProblemError`; what Twilio refused is kept as failed. */
  readonly send: (
    request: MessageRequest,
  ) => Promise<{ readonly messageId: MessageId; readonly messageSid: string }>;
  /** Waits for messages that are being handed over, but not long. */
  readonly close: () => Promise<void>;
};

/** Where messages from outside arrive; the second path is that of an older system. */
const MESSAGE_PATHS = ['/sms/webhook', '/webhooks/twilio/sms'];

const STATUS_PATH = '/sms/status';

/** How long handing messages over may take when the line closes, in ms. */
const CLOSE_LIMIT_MS = 3000;

/** Builds the messages of a line. */
export function createMessaging(ports: MessagingPorts): Messaging {
  const { rest, emit, log } = ports;
  const book = new MessageBook(ports.kept);
  const sending = new Set<Promise<unknown>>();

  const name = (
    message: BookedMessage,
    sid: string,
    status: MessageStatus,
    key?: string,
  ): BookedMessage => {
    if (message.status !== 'requested' || sid === '') return message;
    const named = book.enter({ ...message, messageSid: sid, status });
    emit({ event: 'message-sent', ...named, ...keyed(key) });
    return named;
  };

  const change = (
    message: BookedMessage,
    status: MessageStatus,
    problem: Problem | null,
    key?: string,
  ): void => {
    if (!mayBecome(message.status, status)) return;
    const changed = book.enter({ ...message, status });
    const told = problem === null ? {} : { problem };
    emit({ event: 'message-status-changed', ...changed, ...told, ...keyed(key) });
  };

  const send: Messaging['send'] = async ({ to, ours, from = ours, body, mediaUrls }) => {
    if (rest === null) throw new ProblemError(RELAY_ONLY);
    if (from !== ours) await mayWriteFrom(from, rest);
    const messageId = ports.newMessageId();
    const media = mediaUrls.map(url => ({ url, contentType: null }));
    const content = { direction: 'outbound', from, to, body, media } as const;
    const introduction = { messageId, messageSid: null, ...content };
    book.enter({ ...introduction, status: 'requested' });
    emit({ event: 'message-requested', ...introduction });
    const origin = ports.origin();
    const callback =
      origin === null ? {} : { statusCallback: `${origin}${STATUS_PATH}?messageId=${messageId}` };
    const now = (): BookedMessage =>
      book.find({ id: messageId, sid: '' }) ?? { ...introduction, status: 'requested' };
    try {
      const { sid, status } = await rest.send({ to, from, body, mediaUrls, ...callback });
      // Twilio may have told of it before it answered.
      name(now(), sid, status);
      return { messageId, messageSid: sid };
    } catch (error) {
      if (error instanceof ProblemError && error.problem.kind !== 'call-uncertain') {
        change(now(), 'failed', error.problem);
      }
      throw error;
    }
  };

  const received: WebhookHandler = async ({ params, key }) => {
    const sid = text(params['MessageSid']) || text(params['SmsSid']);
    if (sid === '') log.debug('a message without a name is not taken');
    else if (book.find({ id: '', sid }) === null) {
      const introduction: MessageIntroduction = {
        messageId: ports.newMessageId(),
        messageSid: sid,
        direction: 'inbound',
        from: text(params['From']),
        to: text(params['To']),
        body: text(params['Body']),
        media: mediaOf(params),
      };
      book.enter({ ...introduction, status: 'received' });
      emit({ event: 'message-received', ...introduction, key });
    }
    return nothing();
  };

  const changed = async ({ params, query, key }: Webhook): Promise<null> => {
    const sid = text(params['MessageSid']) || text(params['SmsSid']);
    const status = messageStatus(text(params['MessageStatus']) || text(params['SmsStatus']));
    const message = book.find({ id: query['messageId'] ?? '', sid });
    if (message === null || status === null) {
      log.debug({ status }, 'status of a message that is unknown here');
      return null;
    }
    const problem = hasFailed(status) ? problemOf(text(params['ErrorCode']), message.to) : null;
    change(name(message, sid, 'queued', key), status, problem, key);
    return null;
  };

  return {
    webhooks: new Map<string, WebhookHandler>([
      ...MESSAGE_PATHS.map(path => [path, received] as const),
      [STATUS_PATH, changed],
    ]),
    send: request => {
      const sent = send(request);
      sending.add(sent);
      const done = (): boolean => sending.delete(sent);
      sent.then(done, done);
      return sent;
    },
    close: () => within(ports.clock, CLOSE_LIMIT_MS, Promise.allSettled(sending)),
  };
}

/** Refuses a number that the account cannot write from. */
async function mayWriteFrom(from: PhoneNumber, rest: MessageRest): Promise<void> {
  const senders = await rest.senders();
  if (senders.includes(from)) return;
  throw new ProblemError({
    kind: 'invalid-number',
    message: 'The number to send from is not one of this account that can send messages.',
    remedy: `Send from one of: ${senders.join(', ')}.`,
  });
}

function mediaOf(params: WebhookParams): MessageMedia[] {
  const count = Math.min(Number.parseInt(text(params['NumMedia']), 10) || 0, MOST_MEDIA);
  return Array.from({ length: count }, (_, index) => ({
    url: text(params[`MediaUrl${index}`]),
    contentType: text(params[`MediaContentType${index}`]) || null,
  })).filter(({ url }) => url !== '');
}

function problemOf(code: string, number: PhoneNumber): Problem {
  return /^\d{1,6}$/.test(code) ? explainCode(Number(code), { number }) : UNEXPLAINED;
}

function keyed(key: string | undefined): { readonly key?: string } {
  return key === undefined ? {} : { key };
}

const UNEXPLAINED: Problem = {
  kind: 'refused-by-twilio',
  message: 'The message did not arrive, and Twilio does not say why.',
  remedy: 'Send it again later, or call.',
};

const RELAY_ONLY: Problem = {
  kind: 'not-available',
  message: 'This line is dialled by a relay, which sends no messages.',
  remedy: 'Set up a Twilio account of your own.',
};
