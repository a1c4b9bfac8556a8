import type { PracticeCall } from './call.ts';
import { callParams, type Params } from './call-params.ts';
import type { Line } from './line.ts';
import { parseTwiml, TwimlError, type Verb } from './twiml.ts';
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

/** A document that could not be had, with Twilio's error code. */
export class TwimlFailure extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
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
  const params = { ...callParams(line, call), ...request.params };
  const reply = await line.webhooks
    .send({ ...request, params }, MAX_BYTES, signal)
    .catch((error: unknown) => {
      const code = error instanceof WebhookError ? error.code : RETRIEVAL_FAILED;
      throw new TwimlFailure(code, 'The TwiML could not be fetched');
    });
  if (reply.status < 200 || reply.status >= 300) {
    throw new TwimlFailure(RETRIEVAL_FAILED, `The TwiML URL answered ${reply.status}`);
  }
  if (reply.body.length > 0 && !/\b(?:xml|html)\b/i.test(reply.contentType)) {
    throw new TwimlFailure(WRONG_CONTENT_TYPE, 'The TwiML has the wrong content type');
  }
  return { verbs: readTwiml(reply.body.toString('utf8')), url: reply.url };
}

/** Reads a TwiML document. Throws `TwimlFailure`. */
export function readTwiml(source: string): readonly Verb[] {
  try {
    return parseTwiml(source);
  } catch (error) {
    if (error instanceof TwimlError) throw new TwimlFailure(NOT_WELL_FORMED, error.message);
    throw error;
  }
}
