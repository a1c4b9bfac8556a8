import { createHash, randomBytes } from 'node:crypto';
import type { CallId } from '../core/call.ts';

/**
 * The secrets that let a stream in: one per `<Connect><Stream>` answered, handed to Twilio as a
 * `<Parameter>` because Twilio drops the query of a stream's address. Kept as hashes, so that
 * looking one up tells nothing by its timing.
 */
export class StreamTokens {
  readonly #calls = new Map<string, CallId>();

  /** Makes a token for a call: 16 random bytes in base64url. */
  mint(callId: CallId): string {
    const token = randomBytes(16).toString('base64url');
    this.#calls.set(hashed(token), callId);
    return token;
  }

  /** The call a token lets into, or null. */
  callOf(token: string): CallId | null {
    return this.#calls.get(hashed(token)) ?? null;
  }

  /** Ends all tokens of a call. */
  revoke(callId: CallId): void {
    for (const [hash, owner] of this.#calls) if (owner === callId) this.#calls.delete(hash);
  }
}

function hashed(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
