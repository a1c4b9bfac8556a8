import type { Readable } from 'node:stream';
import twilio, { type Twilio } from 'twilio';
import RequestClient from 'twilio/lib/base/RequestClient.js';
import type Response from 'twilio/lib/http/response.js';
import type { Clock } from '../core/clock.ts';
import { type Problem, ProblemError } from '../core/problem.ts';
import { answeredStrangely, networkCode } from './refusals.ts';

/** Twilio's own client, signed in to an account. */
export type Client = Twilio;

/** The account and the way to it. */
type RestOptions = {
  readonly accountSid: string;
  /** Null when only an API key is known: then webhooks cannot be verified. */
  readonly authToken: string | null;
  /** Used for requests instead of the auth token when given. */
  readonly apiKey: { readonly sid: string; readonly secret: string } | null;
  /** An origin that stands in for Twilio's, or null for Twilio itself. */
  readonly apiUrl: string | null;
};

/** How long Twilio may take to answer a request, in milliseconds. */
const REQUEST_TIMEOUT_MS = 10_000;

/** Where Twilio's API is. */
const TWILIO = 'https://api.twilio.com';

/** How often a file may lie elsewhere than where it was asked for. */
const MOST_REDIRECTS = 5;

/** How often a request is sent at most. */
const MOST_TRIES = 4;

/** How long after its start a request is sent again, in milliseconds. */
const RETRY_WINDOW_MS = 10_000;

/** The pause before the second try, in milliseconds; each further one is twice as long. */
const FIRST_PAUSE_MS = 400;

/** The last part of the path of one thing that exists, by its SID; other paths name collections. */
const RESOURCE = /\/[A-Z]{2}[0-9a-f]{32}(\.json)?$/;

/** Failures that come before anything was sent. */
const NOT_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|ERR_TLS_.*|CERT_.*|UNABLE_TO_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*)$/;

type Headers = Readonly<Record<string, unknown>>;

type Request<Data> = RequestClient.RequestOptions<Data>;

/**
 * Twilio's own client for an account. What Twilio refuses for a while (429, 5xx) or what is lost on
 * the way is sent again after a pause, unless it starts something: a call that may have been
 * started is never asked for again, but told as `call-uncertain`.
 * @param random 0 to 1; spreads the pauses, so that many desks do not come back at once
 */
export function createRestClient(options: RestOptions, clock: Clock, random: () => number): Client {
  const { accountSid, authToken, apiKey, apiUrl } = options;
  const { sid, secret } = apiKey ?? { sid: accountSid, secret: authToken };
  if (secret === null) {
    throw new ProblemError({
      kind: 'invalid-configuration',
      message: 'The account has neither an auth token nor an API key, so Twilio cannot be asked.',
      remedy: 'Enter the auth token, or an API key with its secret.',
    });
  }
  const origin = apiUrl === null ? null : new URL(apiUrl).origin;
  const httpClient = new PatientClient(origin, clock, random);
  return twilio(sid, secret, { accountSid, httpClient });
}

/** A file as it begins to come. */
export type FileAnswer = {
  readonly status: number;
  /** How long to wait before it is asked for again, in ms; null when nothing is asked for. */
  readonly retryAfterMs: number | null;
  readonly body: Readable;
};

/**
 * Asks for a file of the account, once and by the way all requests go. Rejects with what the network
 * fails with; a refusal is an answer.
 * @param path below Twilio's origin, with its query
 */
export function askForFile(client: Client, path: string, signal: AbortSignal): Promise<FileAnswer> {
  const { httpClient, username = '', password = '' } = client;
  if (!(httpClient instanceof PatientClient)) throw new Error('not a client that was made here');
  return httpClient.file(path, `${username}:${password}`, signal);
}

/** Sends requests again when that is safe, and to another origin when asked to. */
class PatientClient extends RequestClient {
  readonly #origin: string | null;
  readonly #clock: Clock;
  readonly #random: () => number;

  constructor(origin: string | null, clock: Clock, random: () => number) {
    super({ timeout: REQUEST_TIMEOUT_MS });
    this.#origin = origin;
    this.#clock = clock;
    this.#random = random;
  }

  override async request<Data>(options: Request<Data>): Promise<Response<Data>> {
    const { pathname, search } = new URL(options.uri);
    const uri = this.#origin === null ? options.uri : `${this.#origin}${pathname}${search}`;
    const creates = options.method.toLowerCase() === 'post' && !RESOURCE.test(pathname);
    const start = this.#clock.monotonic();
    for (let tries = 1; ; tries += 1) {
      const outcome = await this.#send({ ...options, uri });
      const pauseMs = this.#pauseMs(tries, outcome);
      const endsInTime = this.#clock.monotonic() + pauseMs - start <= RETRY_WINDOW_MS;
      if (tries < MOST_TRIES && endsInTime && mayRepeat(outcome, creates)) {
        await new Promise<void>(resume => this.#clock.after(pauseMs, resume));
        continue;
      }
      if (creates && mayHaveHappened(outcome)) throw uncertain(pathname, outcome);
      if ('error' in outcome) throw outcome.error;
      return outcome.response;
    }
  }

  /** Streams a file. */
  async file(path: string, credentials: string, signal: AbortSignal): Promise<FileAnswer> {
    const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
    const { status, headers, data } = await this.axios.request<Readable>({
      url: `${this.#origin ?? TWILIO}${path}`,
      // As a header it stays behind when Twilio sends the request on to another host.
      headers: { authorization },
      responseType: 'stream',
      maxRedirects: MOST_REDIRECTS,
      validateStatus: () => true,
      signal,
    });
    const told = { 'retry-after': headers['retry-after'] };
    return { status, retryAfterMs: retryAfterMs(told, this.#clock), body: data };
  }

  async #send<Data>(options: Request<Data>): Promise<Sent<Data>> {
    let response: Response<Data>;
    try {
      response = await super.request<Data>(options);
    } catch (error) {
      if (networkCode(error) === null) throw error;
      return { error };
    }
    const { statusCode, body } = response;
    // Twilio's own answers are JSON or empty; a page is that of a portal or a proxy.
    if (statusCode < 400 && typeof body === 'string' && body.trim() !== '') {
      throw new ProblemError(answeredStrangely(statusCode));
    }
    return { response };
  }

  /** How long to wait: as long as Twilio asks for, or longer each time, between half and the whole. */
  #pauseMs(tries: number, outcome: Sent<unknown>): number {
    const asked =
      'response' in outcome ? retryAfterMs(outcome.response.headers, this.#clock) : null;
    return asked ?? FIRST_PAUSE_MS * 2 ** (tries - 1) * (0.5 + this.#random() / 2);
  }
}

/** What became of one try. */
type Sent<Data> = { readonly response: Response<Data> } | { readonly error: unknown };

/** What a `Retry-After` header asks for, in seconds or as a date. Source: RFC 9110 §10.2.3 */
function retryAfterMs(headers: Headers | undefined, clock: Clock): number | null {
  const value: unknown = headers?.['retry-after'];
  if (typeof value !== 'string') return null;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - clock.now());
}

function mayRepeat(outcome: Sent<unknown>, creates: boolean): boolean {
  if ('error' in outcome) return !creates || wasNotSent(outcome.error);
  const { statusCode } = outcome.response;
  return statusCode === 429 || (!creates && statusCode >= 500);
}

function mayHaveHappened(outcome: Sent<unknown>): boolean {
  return 'error' in outcome ? !wasNotSent(outcome.error) : outcome.response.statusCode >= 500;
}

function wasNotSent(error: unknown): boolean {
  return NOT_SENT.test(networkCode(error) ?? '');
}

/** What Twilio did not confirm, by the last part of the path it was asked at. */
const UNCERTAIN: Readonly<Record<string, Pick<Problem, 'message' | 'remedy'>>> = {
  'Calls.json': {
    message: 'Twilio did not confirm the call; it may ring anyway.',
    remedy: 'Look at the list of calls before dialling again.',
  },
  'Messages.json': {
    message: 'Twilio did not confirm the message; it may arrive anyway.',
    remedy: 'Look at the messages before sending it again.',
  },
  'Recordings.json': {
    message: 'Twilio did not confirm the recording; it may run anyway.',
    remedy: 'Start it again, or hang up to be sure that nothing is recorded.',
  },
  'Participants.json': {
    message: 'Twilio did not confirm who is to join; it may ring there anyway.',
    remedy: 'Look who is on the call before trying again.',
  },
  'Transcriptions.json': {
    message: 'Twilio did not confirm that it writes the call down. The call goes on.',
    remedy: 'Try again.',
  },
  'Streams.json': {
    message: 'Twilio did not confirm that the call can be heard here. The call goes on.',
    remedy: 'Try again.',
  },
};

const UNCERTAIN_ELSEWHERE = {
  message: 'Twilio did not confirm this; it may have happened anyway.',
  remedy: 'Look whether it happened before trying again.',
};

function uncertain(pathname: string, outcome: Sent<unknown>): ProblemError {
  const code =
    'error' in outcome ? networkCode(outcome.error) : String(outcome.response.statusCode);
  return new ProblemError(
    {
      kind: 'call-uncertain',
      ...(UNCERTAIN[pathname.slice(pathname.lastIndexOf('/') + 1)] ?? UNCERTAIN_ELSEWHERE),
      ...(code === null ? {} : { code }),
    },
    'error' in outcome ? { cause: outcome.error } : undefined,
  );
}
