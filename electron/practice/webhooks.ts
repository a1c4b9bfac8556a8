import { randomUUID } from 'node:crypto';
import { type ClientRequest, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Clock } from '../core/clock.ts';
import {
  type Attempt,
  attempt,
  CONNECTION_FAILED,
  RETRIEVAL_FAILED,
  WebhookError,
  type WebhookReply,
  type WebhookRequest,
} from './webhook-attempt.ts';
import { type RetryReason, type WebhookSettings, webhookSettings } from './webhook-settings.ts';

export type { Method } from './webhook-attempt.ts';
export { WebhookError } from './webhook-attempt.ts';

const MAX_REDIRECTS = 5;
const TOO_MANY_REDIRECTS = 11215;

/** Sends signed requests as Twilio does. */
export type Webhooks = {
  /** Follows redirects and tries again as the fragment of the URL says. Throws `WebhookError`. */
  send(request: WebhookRequest, maxBytes: number, signal: AbortSignal): Promise<WebhookReply>;
  /** Cuts every connection. */
  close(): void;
};

/** What webhooks are sent with. */
type WebhookOptions = {
  readonly clock: Clock;
  /** What a request is signed with now. */
  readonly authToken: () => string;
  /** Whether the app can be reached now; when not, requests fail without being sent. */
  readonly reachable: () => boolean;
};

/** Makes the sender of a line's requests to the app. */
export function createWebhooks({ clock, authToken, reachable }: WebhookOptions): Webhooks {
  const connections = {
    clock,
    http: new HttpAgent({ keepAlive: true }),
    https: new HttpsAgent({ keepAlive: true }),
    active: new Set<ClientRequest>(),
  };
  let closed = false;

  const attemptOnce = async (request: Attempt) => {
    if (!reachable()) throw new WebhookError(CONNECTION_FAILED, 'The app cannot be reached');
    return attempt(connections, { ...request, authToken: authToken() });
  };

  const attemptOften = async (request: Attempt, settings: WebhookSettings, endsAt: number) => {
    for (let tries = 0; ; tries += 1) {
      const leftMs = Math.max(0, endsAt - clock.monotonic());
      const last = tries >= settings.retries || leftMs === 0;
      const again = (reason: RetryReason | undefined): boolean =>
        !last && !closed && reason !== undefined && settings.retryOn.has(reason);
      try {
        const reply = await attemptOnce({ ...request, leftMs });
        if (!again(reasonOf(reply.status))) return reply;
      } catch (error) {
        if (request.signal.aborted || !again(reasonOfError(error))) throw error;
      }
    }
  };

  return {
    async send(request, maxBytes, signal) {
      if (closed) throw new WebhookError(CONNECTION_FAILED, 'The line is closed');
      const settings = webhookSettings(request.url);
      const { connectMs, readMs, totalMs } = settings;
      const endsAt = clock.monotonic() + totalMs;
      const token = request.token ?? randomUUID();
      const limits = { maxBytes, connectMs, readMs, leftMs: totalMs, signal, authToken: '' };
      let next: Attempt = { ...request, ...limits, token };
      for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
        const reply = await attemptOften(next, settings, endsAt);
        if (reply.status < 300 || reply.status >= 400 || reply.location === undefined) return reply;
        const url = new URL(reply.location, next.url).href;
        const same = reply.status === 307 || reply.status === 308;
        next = same ? { ...next, url } : { ...next, url, method: 'GET', params: {} };
      }
      throw new WebhookError(TOO_MANY_REDIRECTS, 'Too many redirects');
    },
    close() {
      closed = true;
      for (const request of connections.active) request.destroy();
      connections.http.destroy();
      connections.https.destroy();
    },
  };
}

function reasonOf(status: number): RetryReason | undefined {
  if (status >= 500) return '5xx';
  return status >= 400 ? '4xx' : undefined;
}

function reasonOfError(error: unknown): RetryReason | undefined {
  if (!(error instanceof WebhookError)) return undefined;
  if (error.code === CONNECTION_FAILED) return 'ct';
  return error.code === RETRIEVAL_FAILED ? 'rt' : undefined;
}
