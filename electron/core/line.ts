import type { PhoneNumber } from './phone-number.ts';
import type { Problem } from './problem.ts';

/** Somebody the line knows by name and number. */
export type DirectoryEntry = {
  readonly number: PhoneNumber;
  readonly name: string;
  /** What to expect when calling, in one sentence. */
  readonly about: string;
};

/** Where calls come from, and whether they can. */
export type LineState = {
  readonly kind: 'practice' | 'twilio';
  readonly status: 'starting' | 'ready' | 'down';
  /** Our number; null until known. */
  readonly number: PhoneNumber | null;
  /** People one can call on this line; empty on a Twilio account. */
  readonly directory: readonly DirectoryEntry[];
  /** True when the line can send a call here on request. */
  readonly ringsOnRequest: boolean;
  /** Why the line is down. */
  readonly problem: Problem | null;
};
