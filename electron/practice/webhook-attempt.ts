import type { ClientRequest, Agent as HttpAgent, IncomingMessage } from 'node:http';
import { request as requestHttp } from 'node:http';
import { type Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import type { Cancel, Clock } from '../core/clock.ts';

/** HTTP methods a webhook may have. */
export type Method = 'GET' | 'POST';

/** One request to the app. */
export type WebhookRequest = {
  readonly url: string;
  readonly method: Method;
  readonly params: Readonly<Record<string, string>>;
  /** Names the request, so that the app can tell a repetition; a fresh one by default. */
  readonly token?: string;
};

/** What the app answered, whatever the status. */
export type WebhookReply = {
  readonly url: string;
  readonly status: number;
  readonly contentType: string;
  readonly headers: string;
  readonly body: Buffer;
};

/** A request that got no usable answer, with Twilio's error code. */
export class WebhookError extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

const BAD_URL = 11100;
const BODY_TOO_LARGE = 11750;

/** Nothing usable came back. */
export const RETRIEVAL_FAILED = 11200;

/** Nothing could be sent. */
export const CONNECTION_FAILED = 11205;

/** One try of a request. Times in milliseconds. */
export type Attempt = WebhookRequest & {
  readonly token: string;
  readonly authToken: string;
  readonly maxBytes: number;
  readonly connectMs: number;
  readonly readMs: number;
  readonly leftMs: number;
  readonly signal: AbortSignal;
};

/** What attempts share: connections that are kept, and requests under way. */
type Connections = {
  readonly clock: Clock;
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
  readonly active: Set<ClientRequest>;
};

/** Sends one signed request and reads the answer. Throws `WebhookError`. */
export function attempt(
  connections: Connections,
  request: Attempt,
): Promise<WebhookReply & { readonly location?: string }> {
  return new Promise((resolve, reject) => {
    const url = urlOf(request);
    const form = request.method === 'POST' ? new URLSearchParams(request.params).toString() : '';
    const secure = url.protocol === 'https:';
    const sent = (secure ? requestHttps : requestHttp)(
      `${url.protocol}//${url.host}${url.pathname}${url.search}`,
      {
        method: request.method,
        agent: secure ? connections.https : connections.http,
        ...(url.username === '' ? {} : { auth: credentialsOf(url) }),
        signal: request.signal,
        headers: headersOf(request, url, form),
      },
    );
    connections.active.add(sent);
    sent.on('close', () => connections.active.delete(sent));
    const cancel = limitTimes(connections.clock, sent, request);
    const fail = (error: Error): void => {
      cancel();
      const known = error instanceof WebhookError || request.signal.aborted;
      reject(known ? error : new WebhookError(CONNECTION_FAILED, error.message));
    };
    sent.on('error', fail);
    sent.on('response', response => {
      readBody(response, request.maxBytes).then(body => {
        cancel();
        const { location } = response.headers;
        resolve({
          url: request.url,
          status: response.statusCode ?? 0,
          contentType: response.headers['content-type'] ?? '',
          headers: headersText(response),
          body,
          ...(location === undefined ? {} : { location }),
        });
      }, fail);
    });
    sent.end(form);
  });
}

/** Ends the request when it takes too long to connect, to be answered, or as a whole. */
function limitTimes(clock: Clock, sent: ClientRequest, request: Attempt): Cancel {
  const stop = (code: number, message: string) => (): void => {
    sent.destroy(new WebhookError(code, message));
  };
  const cancelTotal = clock.after(request.leftMs, stop(RETRIEVAL_FAILED, 'No answer in time'));
  let cancelStep = clock.after(request.connectMs, stop(CONNECTION_FAILED, 'No connection in time'));
  const connected = (): void => {
    cancelStep();
    if (!sent.destroyed) {
      cancelStep = clock.after(request.readMs, stop(RETRIEVAL_FAILED, 'No answer in time'));
    }
  };
  sent.on('socket', socket => {
    if (socket.connecting) socket.once('connect', connected);
    else connected();
  });
  sent.on('close', () => cancelStep());
  return () => {
    cancelTotal();
    cancelStep();
  };
}

function headersOf(request: Attempt, url: URL, form: string): Record<string, string | number> {
  const posted = request.method === 'POST';
  return {
    'User-Agent': 'TwilioProxy/1.1',
    Accept: '*/*',
    'I-Twilio-Idempotency-Token': request.token,
    'X-Twilio-Signature': getExpectedTwilioSignature(
      request.authToken,
      signedUrl(request.url, url),
      posted ? request.params : {},
    ),
    ...(posted
      ? {
          'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
          'Content-Length': Buffer.byteLength(form),
        }
      : {}),
  };
}

function urlOf({ url, method, params }: WebhookRequest): URL {
  if (!URL.canParse(url)) throw new WebhookError(BAD_URL, 'Not a URL');
  const parsed = new URL(url);
  if (!/^https?:$/.test(parsed.protocol)) throw new WebhookError(BAD_URL, 'Not an HTTP URL');
  if (method === 'GET') {
    for (const [name, value] of Object.entries(params)) parsed.searchParams.append(name, value);
  }
  parsed.hash = '';
  return parsed;
}

/** Twilio signs the URL as it was given (with credentials, without fragment); a GET with its query. */
function signedUrl(given: string, requested: URL): string {
  const plain = given.split('#')[0] ?? '';
  return new URL(plain).search === requested.search ? plain : requested.href;
}

function credentialsOf(url: URL): string {
  return `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
}

function headersText({ headers }: IncomingMessage): string {
  const text = new URLSearchParams();
  for (const [name, value] of Object.entries(headers)) text.append(name, String(value));
  return text.toString();
}

async function readBody(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response) {
    const bytes = Buffer.from(part);
    length += bytes.length;
    if (length > maxBytes) {
      response.destroy();
      throw new WebhookError(BODY_TOO_LARGE, 'The answer is too large');
    }
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}
