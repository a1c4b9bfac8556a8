import { createHash, randomBytes } from 'node:crypto';
import type { CallId } from '../core/call.ts';
import type { StreamPurpose } from '../core/conference.ts';

/** What a stream may be opened for. @field purpose `talk`: the two-way sound of a call of this desk */
export type StreamPass = {
  readonly callId: CallId;
  readonly purpose: 'talk' | StreamPurpose;
};

/** A pass as it was given out. */
type Given = StreamPass & {
  /** The leg it is for; null when the call's own. */
  readonly callSid: string | null;
};

/**
 * The secrets that let a stream in: one per `<Connect><Stream>` answered or stream asked for, handed
 * to Twilio as a `<Parameter>` because Twilio drops the query of a stream's address. Kept as hashes,
 * so that looking one up tells nothing by its timing.
 */
export class StreamTokens {
  readonly #given = new Map<string, Given>();

  /** Makes a token for a call: 16 random bytes in base64url. */
  mint(callId: CallId, purpose: Given['purpose'] = 'talk', callSid: string | null = null): string {
    const token = randomBytes(16).toString('base64url');
    this.#given.set(hashed(token), { callId, purpose, callSid });
    return token;
  }

  /** What a token lets in for, or null. */
  passOf(token: string): Given | null {
    return this.#given.get(hashed(token)) ?? null;
  }

  /** Ends a token. */
  spend(token: string): void {
    this.#given.delete(hashed(token));
  }

  /** Ends all tokens of a call. @param purpose only those for this */
  revoke(callId: CallId, purpose?: Given['purpose']): void {
    for (const [hash, given] of this.#given) {
      if (given.callId === callId && (purpose ?? given.purpose) === given.purpose) {
        this.#given.delete(hash);
      }
    }
  }
}

function hashed(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
