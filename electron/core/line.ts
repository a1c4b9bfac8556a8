import type { AccountFacts, CallerId } from './account.ts';
import type { PhoneNumber } from './phone-number.ts';
import type { Problem } from './problem.ts';

/** Somebody the line knows by name and number. */
export type DirectoryEntry = {
  readonly number: PhoneNumber;
  readonly name: string;
  /** What to expect when calling, in one sentence. */
  readonly about: string;
};

/** The address Twilio reaches this computer by. Times in ms since the epoch. */
export type PublicAddress = {
  /** `local`: the line is on this computer. `none`: Twilio cannot call back, only messages can be spoken into calls. */
  readonly kind: 'tunnel' | 'given' | 'local' | 'none';
  /** Without a path; null while there is none. */
  readonly url: string | null;
  readonly status: 'connecting' | 'up' | 'down';
  readonly downSince: number | null;
  /** When the tunnel tries again by itself. */
  readonly retryAt: number | null;
  readonly problem: Problem | null;
};

/** Whether Twilio would reach this computer: its own address fetched and its own stream opened from outside. */
export type LineTest = {
  readonly status: 'untested' | 'testing' | 'reached' | 'failed';
  /** When it was last known, in ms since the epoch. */
  readonly at: number | null;
  /** Since when it fails, in ms since the epoch. */
  readonly failedSince: number | null;
  readonly roundTripMs: number | null;
  readonly problem: Problem | null;
};

/** Where the calls of our number go. */
export type Pointing = {
  readonly to: 'here' | 'another-desk' | 'elsewhere' | 'application' | 'nowhere' | 'unknown';
  /** The address they go to when it is not this desk's. */
  readonly voiceUrl: string | null;
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
  /** Null on the practice line, and until it was read. */
  readonly account: AccountFacts | null;
  /** Numbers that may be shown to those who are called. */
  readonly callerIds: readonly CallerId[];
  readonly address: PublicAddress;
  readonly test: LineTest;
  readonly pointing: Pointing;
  /** False with the development switch that lets requests in unchecked. */
  readonly signaturesChecked: boolean;
  /** Whether an account is set up, though the practice line may be the one in use. */
  readonly accountKept: boolean;
  /** AC…, of the account that is kept or given; null when there is none. */
  readonly accountSid: string | null;
  /** Why the line is down. */
  readonly problem: Problem | null;
};

/** An address nobody knows yet. */
export const NO_ADDRESS: PublicAddress = {
  kind: 'none',
  url: null,
  status: 'connecting',
  downSince: null,
  retryAt: null,
  problem: null,
};

/** A line nobody has tested. */
export const UNTESTED: LineTest = {
  status: 'untested',
  at: null,
  failedSince: null,
  roundTripMs: null,
  problem: null,
};

/** A line before anything is known of it. */
export const LINE_STARTING: LineState = {
  kind: 'practice',
  status: 'starting',
  number: null,
  directory: [],
  ringsOnRequest: false,
  account: null,
  callerIds: [],
  address: NO_ADDRESS,
  test: UNTESTED,
  pointing: { to: 'unknown', voiceUrl: null },
  signaturesChecked: true,
  accountKept: false,
  accountSid: null,
  problem: null,
};
