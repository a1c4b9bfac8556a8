import { randomUUID } from 'node:crypto';
import type { PracticeCall, Progress } from './call.ts';
import { callParams, type Params } from './call-params.ts';
import { alert, type Line } from './line.ts';
import { twilioDate } from './twilio-date.ts';
import { wait } from './wait.ts';
import type { WebhookRequest } from './webhook-attempt.ts';
import { type Method, WebhookError } from './webhooks.ts';

/** Who wants to know of which steps of a call. */
export type StatusCallback = {
  readonly url: string;
  readonly method: Method;
  readonly events: readonly Progress[];
};

type Receiver = Pick<StatusCallback, 'url' | 'method'>;

const MAX_REPLY_BYTES = 64 * 1024;
const RETRIEVAL_FAILED = 11200;

/**
 * Tells the app every requested step of a call, one after the other; SequenceNumber counts those
 * sent. An answer is not awaited by the call and its content is ignored.
 */
export function reportProgress(line: Line, call: PracticeCall, callback: StatusCallback): void {
  if (callback.url === '') return;
  let sequence = 0;
  const callbacks = callbacksInOrder(line, call, callback);
  call.progress.on(progress => {
    const over = progress === 'completed';
    if (callback.events.includes(progress)) {
      const params = { ...progressParams(line, call, progress), SequenceNumber: String(sequence) };
      sequence += 1;
      callbacks.send(params, over);
    } else if (over) callbacks.close();
  });
}

/** Callbacks about one thing. */
type OrderedCallbacks = {
  /** Sends the next; the last one is held back for none. */
  send(params: Params, isLast: boolean): void;
  /** Sends what is held back: no other follows. */
  close(): void;
};

/** Sends callbacks one after the other; the newer of two first while that is pretended. */
export function callbacksInOrder(
  line: Line,
  call: Pick<PracticeCall, 'sid'>,
  receiver: Receiver,
): OrderedCallbacks {
  let previous: Promise<void> = Promise.resolve();
  let held: Params | undefined;
  const sendNow = (params: Params): void => {
    const late = lateness(line);
    previous = previous.then(() => late).then(() => deliver(line, call, receiver, params));
  };
  const close = (): void => {
    if (held !== undefined) sendNow(held);
    held = undefined;
  };
  return {
    send(params, isLast) {
      if (held === undefined && !isLast && line.pretences.now.shuffleCallbacks) {
        held = params;
        return;
      }
      sendNow(params);
      close();
    },
    close,
  };
}

/** Sends one notification about a call; a failure becomes an alert. */
export async function notify(
  line: Line,
  call: Pick<PracticeCall, 'sid'>,
  receiver: Receiver,
  params: Params,
): Promise<void> {
  await lateness(line);
  await deliver(line, call, receiver, params);
}

/** Is over when a notification that is due now may be sent. */
async function lateness({ clock, closing, pretences }: Line): Promise<void> {
  const { callbackDelayMs } = pretences.now;
  if (callbackDelayMs > 0) await wait(clock, callbackDelayMs, closing);
}

async function deliver(
  line: Line,
  call: Pick<PracticeCall, 'sid'>,
  { url, method }: Receiver,
  params: Params,
): Promise<void> {
  if (line.pretences.take('lostCallbacks')) return;
  const request = { url, method, params, token: randomUUID() };
  await sendOnce(line, call, request);
  if (line.pretences.now.repeatCallbacks) await sendOnce(line, call, request);
}

async function sendOnce(
  line: Line,
  call: Pick<PracticeCall, 'sid'>,
  request: WebhookRequest,
): Promise<void> {
  if (line.closing.aborted) return;
  try {
    const reply = await line.webhooks.send(request, MAX_REPLY_BYTES, line.closing);
    if (reply.status < 400) return;
    const { headers, body } = reply;
    const exchange = { ...request, reply: { headers, body: body.toString('utf8') } };
    alert(line, call, RETRIEVAL_FAILED, `The callback answered ${reply.status}`, exchange);
  } catch (error) {
    if (line.closing.aborted) return;
    const code = error instanceof WebhookError ? error.code : RETRIEVAL_FAILED;
    alert(line, call, code, 'A callback failed', request);
  }
}

function progressParams(line: Line, call: PracticeCall, progress: Progress): Params {
  const finished = progress === 'completed';
  return {
    ...callParams(line, call),
    CallStatus: progress === 'initiated' ? 'initiated' : call.status,
    CallbackSource: 'call-progress-events',
    Timestamp: twilioDate(line.clock.now()),
    ...(call.answeredBy === undefined ? {} : { AnsweredBy: call.answeredBy }),
    ...(finished ? { CallDuration: String(call.durationSeconds) } : {}),
    ...(finished ? { Duration: String(Math.ceil(call.durationSeconds / 60)) } : {}),
    ...(finished && call.sipCode !== undefined ? { SipResponseCode: String(call.sipCode) } : {}),
  };
}
