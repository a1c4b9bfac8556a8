import type { Clock } from '../core/clock.ts';
import type { Problem } from '../core/problem.ts';

/** How many requests in a row are refused before it is told: one or two may be a stranger's. */
const TOO_MANY = 3;

/** Within how long, in ms. */
const WINDOW_MS = 60_000;

/**
 * Judges how the signatures of requests fit over time: while none fits, the auth token is likely an
 * old one, which nothing else would tell as long as an API key or the old token still opens the account.
 * @param tell told a problem when it begins, and null when a request fits again
 * @returns to be told of each request with a signature, whether that fits
 */
export function createSignatureWatch(
  clock: Clock,
  tell: (problem: Problem | null) => void,
): (ok: boolean) => void {
  let refusedAt: readonly number[] = [];
  let isTold = false;
  return ok => {
    if (ok) {
      refusedAt = [];
      if (isTold) tell(null);
      isTold = false;
      return;
    }
    const now = clock.monotonic();
    refusedAt = [...refusedAt, now].slice(-TOO_MANY).filter(at => now - at <= WINDOW_MS);
    if (isTold || refusedAt.length < TOO_MANY) return;
    isTold = true;
    tell(SIGNATURES_WRONG);
  };
}

const SIGNATURES_WRONG: Problem = {
  kind: 'credentials-refused',
  message:
    'Requests that look like Twilio’s carry a signature that does not fit the auth token, so calls cannot come in. The token may have been rotated.',
  remedy: 'Enter the new auth token; if it is the right one, check the public address.',
};
