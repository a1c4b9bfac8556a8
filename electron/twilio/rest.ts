import twilio, { type Twilio } from 'twilio';
import RequestClient from 'twilio/lib/base/RequestClient.js';
import type Response from 'twilio/lib/http/response.js';
import type { PhoneNumber } from '../core/phone-number.ts';
import { type Problem, ProblemError } from '../core/problem.ts';

/** What Twilio knows a call by while and after it runs. Source: Calls resource, `status`. */
export type CallStatus =
  | 'queued'
  | 'initiated'
  | 'ringing'
  | 'in-progress'
  | 'completed'
  | 'busy'
  | 'failed'
  | 'no-answer'
  | 'canceled';

/** The account and the way to it. */
export type RestOptions = {
  readonly accountSid: string;
  readonly authToken: string;
  /** An origin that stands in for Twilio's, or null for Twilio itself. */
  readonly apiUrl: string | null;
};

/** Where a number's calls and their status go. */
export type NumberWebhooks = { readonly voiceUrl: string; readonly statusCallback: string };

/** The Calls and IncomingPhoneNumbers resources, as far as Earshot uses them. Every failure is a `ProblemError`. */
export type Rest = {
  /** Starts a call. @returns its CallSid */
  readonly dial: (call: {
    readonly to: PhoneNumber;
    readonly from: PhoneNumber;
    readonly url: string;
    readonly statusCallback: string;
  }) => Promise<string>;
  /** Ends a call: `canceled` while it rings, `completed` once answered. @returns its status then; `completed` when Twilio no longer knows it */
  readonly end: (callSid: string, status: 'canceled' | 'completed') => Promise<CallStatus>;
  /** The call's status now; `completed` when Twilio no longer knows it. */
  readonly status: (callSid: string) => Promise<CallStatus>;
  /** Sends a number's calls to these addresses. @returns where they went before, or null when the account has no such number */
  readonly pointNumber: (
    number: PhoneNumber,
    webhooks: NumberWebhooks,
  ) => Promise<NumberWebhooks | null>;
};

/** How long a ringing call is kept ringing, in seconds. Source: Calls resource, `Timeout`. */
const RING_TIMEOUT_S = 60;

/** How long Twilio may take to answer a request. */
const REQUEST_TIMEOUT_MS = 10_000;

/** Twilio's REST API through its own client. */
export function createRest(options: RestOptions): Rest {
  const client = createClient(options);
  const statusAfter = async (request: Promise<{ status: string }>): Promise<CallStatus> => {
    try {
      return (await request).status as CallStatus;
    } catch (error) {
      if (isGone(error)) return 'completed';
      throw problemOf(error);
    }
  };
  return {
    dial: async call => {
      try {
        const created = await client.calls.create({
          ...call,
          method: 'POST',
          statusCallbackMethod: 'POST',
          statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
          timeout: RING_TIMEOUT_S,
        });
        return created.sid;
      } catch (error) {
        throw problemOf(error);
      }
    },
    end: (callSid, status) => statusAfter(client.calls(callSid).update({ status })),
    status: callSid => statusAfter(client.calls(callSid).fetch()),
    pointNumber: async (number, webhooks) => {
      try {
        const [owned] = await client.incomingPhoneNumbers.list({ phoneNumber: number, limit: 1 });
        if (owned === undefined) return null;
        const { sid, voiceUrl, statusCallback } = owned;
        // An instance that came from a list cannot update itself in this version of the client.
        await client
          .incomingPhoneNumbers(sid)
          .update({ ...webhooks, voiceMethod: 'POST', statusCallbackMethod: 'POST' });
        return { voiceUrl, statusCallback };
      } catch (error) {
        throw problemOf(error);
      }
    },
  };
}

/** Sends what is meant for Twilio's API to another origin. */
class RedirectedClient extends RequestClient {
  readonly #origin: string;

  constructor(origin: string) {
    super({ timeout: REQUEST_TIMEOUT_MS });
    this.#origin = origin;
  }

  override request<Data>(options: RequestClient.RequestOptions<Data>): Promise<Response<Data>> {
    const { pathname, search } = new URL(options.uri);
    return super.request<Data>({ ...options, uri: `${this.#origin}${pathname}${search}` });
  }
}

function createClient({ accountSid, authToken, apiUrl }: RestOptions): Twilio {
  const httpClient =
    apiUrl === null
      ? new RequestClient({ timeout: REQUEST_TIMEOUT_MS })
      : new RedirectedClient(new URL(apiUrl).origin);
  return twilio(accountSid, authToken, { httpClient });
}

/** Twilio's codes for a call that is over: 20404 not found, 21220 not in progress. */
function isGone(error: unknown): boolean {
  return error instanceof twilio.RestException && (error.code === 20404 || error.code === 21220);
}

/** What to do about the refusals people meet most. Source: https://www.twilio.com/docs/api/errors */
const REMEDIES: Readonly<Record<number, string>> = {
  20003: 'Check the account SID and the auth token; it may have been rotated.',
  21210: 'Choose a caller number that this account owns or has verified.',
  21211: 'Check the number.',
  21214: 'Check the number; no network reaches it.',
  21215: 'Allow calls to this country in the account’s voice geographic permissions.',
  21216: 'Twilio blocks calls to this number; ask its support.',
  21219: 'A trial account can only call verified numbers: verify this one first.',
};

/** The failure as a problem; an error that is neither Twilio's nor the network's is a fault of ours and stays one. */
function problemOf(error: unknown): unknown {
  const problem = describe(error);
  return problem === null ? error : new ProblemError(problem, { cause: error });
}

function describe(error: unknown): Problem | null {
  if (error instanceof twilio.RestException) {
    const code = error.code ?? error.status;
    return {
      kind: 'refused-by-twilio',
      message: `Twilio refused: ${error.message}`,
      remedy: REMEDIES[code] ?? 'Read what Twilio says about this code.',
      code: String(code),
    };
  }
  // Node and axios name network failures by a word: ECONNREFUSED, ENOTFOUND, ECONNABORTED.
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) return null;
  return {
    kind: 'twilio-unreachable',
    message: 'Twilio did not answer. Calls that are live go on.',
    remedy: 'Check the internet connection and try again.',
    code: error.code,
  };
}
