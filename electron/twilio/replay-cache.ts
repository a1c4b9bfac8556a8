import { createHash } from 'node:crypto';
import type { Clock } from '../core/clock.ts';
import type { WebhookParams } from './webhook-fields.ts';

/** How long an answer is kept: Twilio has given up repeating a request long before. */
const KEPT_MS = 10 * 60_000;

/** Most answers kept. */
const MOST_ANSWERS = 10_000;

/** Characters of a key: 132 bits, which nobody makes collide. */
const KEY_LENGTH = 22;

/** What names a request. */
type NamedRequest = {
  /** Its path and query. */
  readonly url: string;
  readonly params: WebhookParams;
  readonly signature: string;
  /** Whether the signature was found right. */
  readonly verified: boolean;
};

/**
 * The name of a request: the same for every repetition of it, another for any other.
 *
 * A right signature is itself a hash of address and fields and names them alone. Were they part of
 * the name, a recorded request could be sent again under a new one: what is signed runs address
 * and fields together and leaves open where one ends, and an address can be written in several
 * ways. An unverified signature says nothing, so there they count. Twilio's idempotency token does
 * not: it is not signed.
 */
export function requestKey({ url, params, signature, verified }: NamedRequest): string {
  const named = verified ? ['signed', signature] : ['unsigned', url, canonical(params), signature];
  return createHash('sha256').update(named.join('\n')).digest('base64url').slice(0, KEY_LENGTH);
}

/** Fields in an order of their own; of values sent twice, one, as Twilio signs them. */
function canonical(params: WebhookParams): string {
  const entries = Object.entries(params).map(([name, value]) => [
    name,
    [...new Set([value].flat())].sort(),
  ]);
  return JSON.stringify(entries.sort(([a], [b]) => (`${a}` < `${b}` ? -1 : 1)));
}

/** The answers that requests were given, for when they come again. */
export type ReplayCache<Answer> = {
  /**
   * The answer to the request of this key: made when it is asked the first time, and the same one
   * ever after, also while it is still being made. One that failed to be made is made anew.
   */
  readonly answer: (
    key: string,
    make: () => Promise<Answer>,
  ) => { readonly repeated: boolean; readonly answer: Promise<Answer> };
};

/** Makes a cache of answers, each kept for ten minutes, the newest 10 000 of them. */
export function createReplayCache<Answer>(clock: Clock): ReplayCache<Answer> {
  /** In the order of their time, as a map keeps that of insertion. */
  const kept = new Map<string, { readonly atMs: number; readonly answer: Promise<Answer> }>();

  const prune = (): void => {
    const oldestMs = clock.monotonic() - KEPT_MS;
    for (const [key, { atMs }] of kept) {
      if (atMs > oldestMs && kept.size < MOST_ANSWERS) return;
      kept.delete(key);
    }
  };

  return {
    answer: (key, make) => {
      const known = kept.get(key);
      if (known !== undefined && known.atMs > clock.monotonic() - KEPT_MS) {
        return { repeated: true, answer: known.answer };
      }
      prune();
      const entry = { atMs: clock.monotonic(), answer: make() };
      kept.set(key, entry);
      entry.answer.catch(() => {
        if (kept.get(key) === entry) kept.delete(key);
      });
      return { repeated: false, answer: entry.answer };
    },
  };
}
