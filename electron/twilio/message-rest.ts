import { type MessageStatus, messageStatus } from '../core/message.ts';
import type { PhoneNumber } from '../core/phone-number.ts';
import { listNumbers } from './numbers.ts';
import { answerOf } from './refusals.ts';
import type { Client } from './rest-client.ts';

/** A message to send: a body, files, or both. */
type OutgoingMessage = {
  readonly to: PhoneNumber;
  readonly from: PhoneNumber;
  readonly body: string;
  /** Where Twilio fetches the files. */
  readonly mediaUrls: readonly string[];
  /** Where to tell how far the message comes. */
  readonly statusCallback?: string;
};

/** The Messages resource, as far as Earshot uses it. Every failure is a `ProblemError`. */
export type MessageRest = {
  /** Sends a message. A `call-uncertain` problem says that it may be sent all the same. */
  readonly send: (
    message: OutgoingMessage,
  ) => Promise<{ readonly sid: string; readonly status: MessageStatus }>;
  /** The numbers of the account that can send messages. */
  readonly senders: () => Promise<readonly PhoneNumber[]>;
};

/** Twilio's messages through its own client. */
export function createMessageRest(client: Client): MessageRest {
  return {
    send: async ({ to, from, body, mediaUrls, statusCallback }) => {
      const { sid, status } = await answerOf(
        client.messages.create({
          to,
          from,
          ...(body === '' ? {} : { body }),
          ...(mediaUrls.length === 0 ? {} : { mediaUrl: [...mediaUrls] }),
          ...(statusCallback === undefined ? {} : { statusCallback }),
        }),
        to,
      );
      return { sid, status: messageStatus(status) ?? 'queued' };
    },
    senders: async () =>
      (await listNumbers(client)).filter(({ sms }) => sms).map(({ number }) => number),
  };
}
