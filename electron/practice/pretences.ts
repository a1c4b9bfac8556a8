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
  /** The app cannot be reached: webhooks fail, open streams are cut and new ones fail. */
  readonly unreachable: boolean;
  /** Every status callback is so late, in milliseconds. */
  readonly callbackDelayMs: number;
  /** Every status callback is sent twice, the same to the byte. */
  readonly repeatCallbacks: boolean;
  /** Status callbacks of a call come in pairs, the newer one first; the last one always comes. */
  readonly shuffleCallbacks: boolean;
  /** Every voice webhook is sent again once it was answered; another answer than the first becomes an alert. */
  readonly replayWebhooks: boolean;
  /** Every voice webhook waits so long before it is sent, in milliseconds. */
  readonly slowWebhooksMs: number;
  /** Every recording that ends is prepared for so long before its sound can be had, in milliseconds. */
  readonly slowRecordingsMs: number;
};

/** Nothing is pretended: all is well on a full account. */
export const NO_PRETENCES: Pretences = {
  trial: false,
  wrongToken: false,
  tooManyRequests: 0,
  serverErrors: 0,
  slowRestMs: 0,
  lostReplies: 0,
  unreachable: false,
  callbackDelayMs: 0,
  repeatCallbacks: false,
  shuffleCallbacks: false,
  replayWebhooks: false,
  slowWebhooksMs: 0,
  slowRecordingsMs: 0,
};

/** Pretences that apply to a number of requests and then are over. */
type Counted = 'tooManyRequests' | 'serverErrors' | 'lostReplies';

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
}
