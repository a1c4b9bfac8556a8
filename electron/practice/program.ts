import type { PracticeCall } from './call.ts';
import type { Line } from './line.ts';

/** A TwiML document while it runs on a call. */
export type Program = {
  readonly line: Line;
  readonly call: PracticeCall;
  /** Aborts when the call is over or gets other instructions. */
  readonly signal: AbortSignal;
  /** Where the document came from; none for one given as text. */
  readonly url: string | undefined;
};
