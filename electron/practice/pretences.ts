/** What happens to some of the REST requests of one kind. */
export type RestFault = {
  /** Any when left out. */
  readonly method?: 'GET' | 'POST' | 'DELETE' | undefined;
  /** Matches the path without its query. */
  readonly path: RegExp;
  /** So many of the next ones. */
  readonly times: number;
  /** How late, in milliseconds: alone, the answer is late and right. */
  readonly delayMs?: number | undefined;
  /** The HTTP status of the refusal; 400 when only a code is given. */
  readonly status?: number | undefined;
  /** Twilio's code of the refusal; 20500 when only a status is given. */
  readonly code?: number | undefined;
  /**
   * `before`: refused without being carried out; `after`: carried out, then answered with the error;
   * `lost`: carried out, then the connection is cut.
   */
  readonly when: 'before' | 'after' | 'lost';
};

/** What the line pretends: a kind of account, and faults of Twilio and of the way to it. */
export type Pretences = {
  /** The account is a trial: verified numbers only, five calls at once, ten minutes each, fewer verbs. */
  readonly trial: boolean;
  /** The credentials are out of date: every REST request is refused, webhooks are signed with another token. */
  readonly wrongToken: boolean;
  /** So many of the next REST requests are refused as too many (429, code 20429). */
  readonly tooManyRequests: number;
  /** So many of the next REST requests are refused as Twilio's own failure (503, code 20503). */
  readonly serverErrors: number;
  /** Every REST answer is so late, in milliseconds. */
  readonly slowRestMs: number;
  /** So many of the next REST requests are carried out, but the connection is cut instead of an answer. */
  readonly lostReplies: number;
  /** Faults of single routes; each is over when it has been counted off. */
  readonly restFaults: readonly RestFault[];
  /** Applications cannot be called (400, code 21218). */
  readonly appRefused: boolean;
  /** Every stream that begins fails so: no handshake (31920), or cut at once (31921). */
  readonly streamError: 31920 | 31921 | null;
  /** Every transcription that runs or begins ends with this error of Twilio's, such as 32650. */
  readonly transcriptionError: number | null;
  /** The app cannot be reached: webhooks fail, open streams are cut and new ones fail. */
  readonly unreachable: boolean;
  /** Every status callback is so late, in milliseconds. */
  readonly callbackDelayMs: number;
  /** Every status callback is sent twice, the same to the byte. */
  readonly repeatCallbacks: boolean;
  /** Status callbacks of a call come in pairs, the newer one first; the last one always comes. */
  readonly shuffleCallbacks: boolean;
  /** So many of the next status callbacks are never sent. */
  readonly lostCallbacks: number;
  /** Every voice webhook is sent again once it was answered; another answer than the first becomes an alert. */
  readonly replayWebhooks: boolean;
  /** Every voice webhook waits so long before it is sent, in milliseconds. */
  readonly slowWebhooksMs: number;
  /** Every recording that ends is prepared for so long before its sound can be had, in milliseconds. */
  readonly slowRecordingsMs: number;
  /** A coach whose coached participant leaves a conference coaches no more: everybody hears them. */
  readonly coachFallsThrough: boolean;
};

/** Nothing is pretended: all is well on a full account. */
export const NO_PRETENCES: Pretences = {
  trial: false,
  wrongToken: false,
  tooManyRequests: 0,
  serverErrors: 0,
  slowRestMs: 0,
  lostReplies: 0,
  restFaults: [],
  appRefused: false,
  streamError: null,
  transcriptionError: null,
  unreachable: false,
  callbackDelayMs: 0,
  repeatCallbacks: false,
  shuffleCallbacks: false,
  lostCallbacks: 0,
  replayWebhooks: false,
  slowWebhooksMs: 0,
  slowRecordingsMs: 0,
  coachFallsThrough: false,
};

/** Pretences that apply to a number of requests and then are over. */
type Counted = 'tooManyRequests' | 'serverErrors' | 'lostReplies' | 'lostCallbacks';

/** What a line pretends now. */
export class CurrentPretences {
  #now = NO_PRETENCES;

  /** All of them. */
  get now(): Pretences {
    return this.#now;
  }

  /** Changes some and leaves the others. */
  change(change: Partial<Pretences>): void {
    this.#now = { ...this.#now, ...change };
  }

  /** Whether a counted one applies to this request, which is then counted off. */
  take(name: Counted): boolean {
    const left = this.#now[name];
    if (left > 0) this.change({ [name]: left - 1 });
    return left > 0;
  }

  /** The fault that applies to a request, which is then counted off; undefined when none does. */
  takeRestFault(method: string, path: string): RestFault | undefined {
    const faults = this.#now.restFaults;
    const fault = faults.find(
      one =>
        one.times > 0 &&
        (one.method === undefined || one.method === method) &&
        path.search(one.path) >= 0,
    );
    if (fault === undefined) return undefined;
    const left = faults.map(one => (one === fault ? { ...one, times: one.times - 1 } : one));
    this.change({ restFaults: left.filter(({ times }) => times > 0) });
    return fault;
  }
}
