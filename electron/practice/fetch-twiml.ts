import { randomUUID } from 'node:crypto';
import type { Exchange } from './alerts.ts';
import type { PracticeCall } from './call.ts';
import { callParams, type Params } from './call-params.ts';
import { alert, type Line } from './line.ts';
import { stripForTrial } from './trial.ts';
import { parseTwiml, TwimlError } from './twiml.ts';
import type { Verb } from './verb.ts';
import { wait } from './wait.ts';
import type { WebhookReply, WebhookRequest } from './webhook-attempt.ts';
import { type Method, WebhookError } from './webhooks.ts';

/** A TwiML document and where its relative links start. */
export type TwimlDocument = {
  readonly verbs: readonly Verb[];
  readonly url: string | undefined;
};

/** Twilio's limit for a TwiML document. */
const MAX_BYTES = 64 * 1024;

const BAD_URL = 11100;
const RETRIEVAL_FAILED = 11200;
const NOT_WELL_FORMED = 12100;
const WRONG_CONTENT_TYPE = 12300;

/** The code of an alert that Twilio does not have: a repeated webhook was answered otherwise. */
const ANSWERED_OTHERWISE = 0;

/** A document that could not be had, with Twilio's error code. */
export class TwimlFailure extends Error {
  readonly code: number;
  readonly exchange: Exchange | undefined;
  constructor(code: number, message: string, exchange?: Exchange) {
    super(message);
    this.code = code;
    this.exchange = exchange;
  }
}

/** The URL a document links to, relative to its own. Throws `TwimlFailure`. */
export function absoluteUrl(link: string, base: string | undefined): string {
  if (!URL.canParse(link, base)) throw new TwimlFailure(BAD_URL, 'The TwiML links to no URL');
  return new URL(link, base).href;
}

/** Asks the app for TwiML about a call. Throws `TwimlFailure`. */
export async function fetchTwiml(
  line: Line,
  call: PracticeCall,
  request: { readonly url: string; readonly method: Method; readonly params: Params },
  signal: AbortSignal,
): Promise<TwimlDocument> {
  const { url, method } = request;
  const params = { ...callParams(line, call), ...request.params };
  const { slowWebhooksMs } = line.pretences.now;
  if (slowWebhooksMs > 0) await wait(line.clock, slowWebhooksMs, signal);
  const sent = { url, method, params, token: randomUUID() };
  const reply = await line.webhooks.send(sent, MAX_BYTES, signal).catch((error: unknown) => {
    const code = error instanceof WebhookError ? error.code : RETRIEVAL_FAILED;
    throw new TwimlFailure(code, 'The TwiML could not be fetched', sent);
  });
  if (line.pretences.now.replayWebhooks) replay(line, call, sent, reply);
  const exchange = {
    ...sent,
    reply: { headers: reply.headers, body: reply.body.toString('utf8') },
  };
  if (reply.status < 200 || reply.status >= 300) {
    throw new TwimlFailure(RETRIEVAL_FAILED, `The TwiML URL answered ${reply.status}`, exchange);
  }
  if (reply.body.length > 0 && !/\b(?:xml|html)\b/i.test(reply.contentType)) {
    const message = 'The TwiML has the wrong content type';
    throw new TwimlFailure(WRONG_CONTENT_TYPE, message, exchange);
  }
  return { verbs: readTwiml(line, exchange.reply.body, exchange), url: reply.url };
}

/** Reads a TwiML document as the account may use it. Throws `TwimlFailure`. */
export function readTwiml(line: Line, source: string, exchange?: Exchange): readonly Verb[] {
  try {
    const verbs = parseTwiml(source);
    return line.pretences.now.trial ? stripForTrial(verbs) : verbs;
  } catch (error) {
    if (!(error instanceof TwimlError)) throw error;
    throw new TwimlFailure(NOT_WELL_FORMED, error.message, exchange);
  }
}

/** Sends the same request again, as after a lost answer; an app that is asked twice should say the same. */
function replay(line: Line, call: PracticeCall, sent: WebhookRequest, first: WebhookReply): void {
  const replaying = line.webhooks
    .send(sent, MAX_BYTES, line.closing)
    .then(
      second => {
        if (second.status === first.status && second.body.equals(first.body)) return;
        const reply = { headers: second.headers, body: second.body.toString('utf8') };
        const text = 'A repeated webhook was answered otherwise';
        alert(line, call, ANSWERED_OTHERWISE, text, { ...sent, reply });
      },
      // A repetition that fails changes nothing: the first answer counts.
      () => {},
    )
    .finally(() => line.running.delete(replaying));
  line.running.add(replaying);
}
