import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { WebSocket } from 'ws';
import type { Clock } from '../core/clock.ts';
import type { Problem } from '../core/problem.ts';
import {
  anotherDesk,
  cached,
  explainAnswer,
  explainSilence,
  ngrokCodeIn,
  noStream,
  tooSlow,
} from './reach-problems.ts';
import { SIGNATURE_HEADER } from './signature.ts';

/** What a test needs to know. */
type ReachTest = {
  /** The public address without a path. */
  readonly origin: string;
  /** Signs the stream as Twilio does; null leaves the stream untested. */
  readonly authToken: string | null;
  /** Names this desk, as its `/health` does. */
  readonly deskId: string;
  readonly clock: Clock;
  /** Letters, digits, `_` and `-`, at most 64, unlike any before. */
  readonly newNonce: () => string;
};

/** Whether Twilio would reach this computer. */
type Reach =
  | { readonly ok: true; readonly roundTripMs: number }
  | { readonly ok: false; readonly problem: Problem };

/** How long each half of the test may take, in milliseconds: a little over half of what Twilio waits for a webhook. */
const LIMIT_MS = 8000;

/** How much of an answer is read, in characters: Earshot's own is short. */
const BODY_LIMIT = 20_000;

/** Spares the page that ngrok shows to browsers. Source: https://ngrok.com/docs/errors/err_ngrok_6024 */
const HEADERS = { 'ngrok-skip-browser-warning': '1', 'user-agent': 'Earshot' };

/**
 * Goes the way Twilio goes: fetches this desk's own `/health` by its public address, then opens and
 * closes a signed stream there.
 */
export async function testReach(test: ReachTest): Promise<Reach> {
  const start = test.clock.monotonic();
  const problem = await healthProblem(test);
  const roundTripMs = Math.round(test.clock.monotonic() - start);
  const found = problem ?? (await streamProblem(test));
  return found === null ? { ok: true, roundTripMs } : { ok: false, problem: found };
}

/** What keeps Twilio's requests away, or null. */
async function healthProblem(test: ReachTest): Promise<Problem | null> {
  const { host } = new URL(test.origin);
  const nonce = test.newNonce();
  const limit = new AbortController();
  const cancel = test.clock.after(LIMIT_MS, () => limit.abort());
  try {
    const { bare, headers } = signedIn(test.origin);
    const answer = await fetch(`${bare}/health?nonce=${encodeURIComponent(nonce)}`, {
      headers,
      redirect: 'manual',
      signal: limit.signal,
    });
    const body = (await answer.text()).slice(0, BODY_LIMIT);
    const health = healthIn(body);
    if (!answer.ok || health.get('app') !== 'earshot') {
      return explainAnswer({
        host,
        status: answer.status,
        location: answer.headers.get('location'),
        ngrokCode: ngrokCodeIn(answer.headers.get('ngrok-error-code'), body),
      });
    }
    if (health.get('desk') !== test.deskId) return anotherDesk(host);
    return health.get('nonce') === nonce ? null : cached(host);
  } catch (error) {
    if (limit.signal.aborted) return tooSlow(host, LIMIT_MS / 1000);
    const cause: unknown = error instanceof Error ? error.cause : undefined;
    return explainSilence(host, systemName(cause));
  } finally {
    cancel();
  }
}

/** An address without its name and password, which `fetch` takes as a header only. */
function signedIn(origin: string): { bare: string; headers: Record<string, string> } {
  const { username, password } = new URL(origin);
  if (username === '' && password === '') return { bare: origin, headers: HEADERS };
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
  return {
    bare: origin.replace(/^([a-z]+:\/\/)[^/]*@/i, '$1'),
    headers: { ...HEADERS, authorization },
  };
}

function healthIn(body: string): ReadonlyMap<string, unknown> {
  try {
    const answer: unknown = JSON.parse(body);
    return new Map(typeof answer === 'object' && answer !== null ? Object.entries(answer) : []);
  } catch {
    return new Map();
  }
}

/** What keeps Twilio's streams away, or null. */
function streamProblem({ origin, authToken, clock }: ReachTest): Promise<Problem | null> {
  if (authToken === null) return Promise.resolve(null);
  const { host } = new URL(origin);
  const url = `${origin.replace(/^http/, 'ws')}/voice/stream`;
  const signature = getExpectedTwilioSignature(authToken, url, {});
  return new Promise(resolve => {
    const socket = new WebSocket(url, { headers: { ...HEADERS, [SIGNATURE_HEADER]: signature } });
    const cancel = clock.after(LIMIT_MS, () => end(tooSlow(host, LIMIT_MS / 1000)));
    const end = (problem: Problem | null): void => {
      cancel();
      resolve(problem);
      if (problem === null) socket.close(1000);
      else socket.terminate();
    };
    // A server that does not answer the close would keep the socket for half a minute.
    socket.on('open', () => {
      end(null);
      const cut = clock.after(LIMIT_MS, () => socket.terminate());
      socket.on('close', cut);
    });
    socket.on('unexpected-response', (request, response) => {
      request.destroy();
      end(noStream(host, response.statusCode ?? null));
    });
    // The same host has just answered a request, so that what fails here is the stream alone.
    socket.on('error', () => end(noStream(host, null)));
  });
}

/** The system's name of a failure, such as ECONNRESET. */
function systemName(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}
