import { API_VERSION, type Params } from './call-params.ts';
import type { Line } from './line.ts';
import type { Message } from './message-book.ts';
import { maxFailed } from './people/unreachable.ts';
import { createSid } from './sid.ts';
import { notify } from './status-callbacks.ts';
import type { CallbackNoun } from './verb.ts';
import { wait } from './wait.ts';

/** A text to send. */
export type MessageRequest = {
  readonly direction: 'outbound-api' | 'outbound-reply';
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly mediaUrls: readonly string[];
  /** Told of every step; its URL is a whole one. */
  readonly callback: CallbackNoun | undefined;
};

/** How long a message takes from each step to the next, in milliseconds. */
const STEP_MS = 100;

/** Twilio's errors of messages that do not arrive: a carrier that blocks unregistered senders, an unknown number. */
const UNREGISTERED = 30034;
const UNKNOWN_DESTINATION = 30005;

/** Sends a text to a person, step by step. */
export function sendMessage(line: Line, request: MessageRequest): Message {
  const now = line.clock.now();
  const { callback, ...content } = request;
  const message: Message = {
    ...content,
    sid: createSid(request.mediaUrls.length > 0 ? 'MM' : 'SM'),
    createdAt: now,
    changedAt: now,
    sentAt: null,
    status: 'queued',
    errorCode: null,
  };
  line.messages.add(message);
  const running = deliver(line, message, callback).finally(() => line.running.delete(running));
  line.running.add(running);
  return message;
}

async function deliver(
  line: Line,
  { sid, to }: Message,
  callback: CallbackNoun | undefined,
): Promise<void> {
  const errorCode = obstacleTo(line, to);
  const steps: readonly Partial<Message>[] = [
    { status: 'queued' },
    { status: 'sending' },
    { status: 'sent' },
    errorCode === null ? { status: 'delivered' } : { status: 'undelivered', errorCode },
  ];
  for (const step of steps) {
    const changedAt = line.clock.now();
    const sentAt = step.status === 'sent' ? { sentAt: changedAt } : {};
    const message = line.messages.change(sid, { ...step, ...sentAt, changedAt });
    if (message === undefined) return;
    if (step.status === 'sent') line.traffic.emit({ event: 'message-sent', message });
    if (callback !== undefined) await notify(line, message, callback, statusParams(line, message));
    await wait(line.clock, STEP_MS, line.closing);
    if (line.closing.aborted) return;
  }
}

/** Why a number gets no messages; null when it does. */
function obstacleTo(line: Line, number: string): number | null {
  if (number === maxFailed.number) return UNREGISTERED;
  return line.personAt(number).name === '' ? UNKNOWN_DESTINATION : null;
}

function statusParams(line: Line, message: Message): Params {
  return {
    AccountSid: line.accountSid,
    ApiVersion: API_VERSION,
    MessageSid: message.sid,
    SmsSid: message.sid,
    MessageStatus: message.status,
    SmsStatus: message.status,
    From: message.from,
    To: message.to,
    ...(message.errorCode === null ? {} : { ErrorCode: String(message.errorCode) }),
  };
}
