import { randomUUID } from 'node:crypto';
import {
  type ClientRequest,
  Agent as HttpAgent,
  type IncomingMessage,
  request as requestHttp,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import type { Clock } from '../core/clock.ts';

/** HTTP methods a webhook may have. */
export type Method = 'GET' | 'POST';

/** One request to the app. */
type WebhookRequest = {
  readonly url: string;
  readonly method: Method;
  readonly params: Readonly<Record<string, string>>;
};

/** What the app answered, whatever the status. */
type WebhookReply = {
  readonly url: string;
  readonly status: number;
  readonly contentType: string;
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

/** Twilio's hard limit for voice webhooks, in milliseconds. */
const TIMEOUT_MS = 15_000;
const MAX_REDIRECTS = 5;
const BAD_URL = 11100;
const RETRIEVAL_FAILED = 11200;
const CONNECTION_FAILED = 11205;
const TOO_MANY_REDIRECTS = 11215;
const BODY_TOO_LARGE = 11750;

/** Sends signed requests as Twilio does. */
export type Webhooks = {
  /** Follows redirects and tries once more when there was no connection. Throws `WebhookError`. */
  send(request: WebhookRequest, maxBytes: number, signal: AbortSignal): Promise<WebhookReply>;
  /** Cuts every connection. */
  close(): void;
};

type Attempt = WebhookRequest & {
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  readonly token: string;
};

/** @param authToken signs every request */
export function createWebhooks(clock: Clock, authToken: string): Webhooks {
  const httpAgent = new HttpAgent({ keepAlive: true });
  const httpsAgent = new HttpsAgent({ keepAlive: true });
  const active = new Set<ClientRequest>();
  let closed = false;

  const attempt = (request: Attempt): Promise<WebhookReply & { location?: string }> =>
    new Promise((resolve, reject) => {
      const url = urlOf(request);
      const form = request.method === 'POST' ? new URLSearchParams(request.params).toString() : '';
      const secure = url.protocol === 'https:';
      const signed = signedUrl(request.url, url);
      const params = request.method === 'POST' ? request.params : {};
      const sent = (secure ? requestHttps : requestHttp)(
        `${url.protocol}//${url.host}${url.pathname}${url.search}`,
        {
          method: request.method,
          agent: secure ? httpsAgent : httpAgent,
          ...(url.username === '' ? {} : { auth: credentialsOf(url) }),
          signal: request.signal,
          headers: {
            'User-Agent': 'TwilioProxy/1.1',
            Accept: '*/*',
            'I-Twilio-Idempotency-Token': request.token,
            'X-Twilio-Signature': getExpectedTwilioSignature(authToken, signed, params),
            ...(request.method === 'GET'
              ? {}
              : {
                  'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
                  'Content-Length': Buffer.byteLength(form),
                }),
          },
        },
      );
      active.add(sent);
      sent.on('close', () => active.delete(sent));
      const cancelTimeout = clock.after(TIMEOUT_MS, () =>
        sent.destroy(new WebhookError(RETRIEVAL_FAILED, 'No answer in time')),
      );
      const fail = (error: Error): void => {
        cancelTimeout();
        const known = error instanceof WebhookError || request.signal.aborted;
        reject(known ? error : new WebhookError(CONNECTION_FAILED, error.message));
      };
      sent.on('error', fail);
      sent.on('response', response => {
        readBody(response, request.maxBytes).then(body => {
          cancelTimeout();
          const { location } = response.headers;
          resolve({
            url: request.url,
            status: response.statusCode ?? 0,
            contentType: response.headers['content-type'] ?? '',
            body,
            ...(location === undefined ? {} : { location }),
          });
        }, fail);
      });
      sent.end(form);
    });

  const attemptTwice = async (request: Attempt): Promise<WebhookReply & { location?: string }> => {
    try {
      return await attempt(request);
    } catch (error) {
      const again = error instanceof WebhookError && error.code === CONNECTION_FAILED;
      if (!again || request.signal.aborted || closed) throw error;
      return attempt(request);
    }
  };

  return {
    async send(request, maxBytes, signal) {
      if (closed) throw new WebhookError(CONNECTION_FAILED, 'The line is closed');
      let next: Attempt = { ...request, maxBytes, signal, token: randomUUID() };
      for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
        const reply = await attemptTwice(next);
        if (reply.status < 300 || reply.status >= 400 || reply.location === undefined) return reply;
        const url = new URL(reply.location, next.url).href;
        const same = reply.status === 307 || reply.status === 308;
        next = same ? { ...next, url } : { ...next, url, method: 'GET', params: {} };
      }
      throw new WebhookError(TOO_MANY_REDIRECTS, 'Too many redirects');
    },
    close() {
      closed = true;
      for (const request of active) request.destroy();
      httpAgent.destroy();
      httpsAgent.destroy();
    },
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
