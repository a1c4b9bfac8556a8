import type { PhoneNumber } from './phone-number.ts';

/** A Twilio account as the person sees it. */
export type AccountFacts = {
  /** AC… */
  readonly sid: string;
  /** The name its owner gave it. */
  readonly name: string;
  /** A trial account has no live sound and calls verified numbers only. */
  readonly type: 'trial' | 'full';
  readonly status: 'active' | 'suspended' | 'closed';
  /** What is left to spend; null when the account does not tell. */
  readonly balance: { readonly amount: number; readonly currency: string } | null;
};

/** A number of the account, and where its calls go now. */
export type AccountNumber = {
  /** PN… */
  readonly sid: string;
  readonly number: PhoneNumber;
  /** The name its owner gave it. */
  readonly name: string;
  readonly voice: boolean;
  readonly sms: boolean;
  /** The address its calls are announced to; empty when there is none. */
  readonly voiceUrl: string;
  /** `application`: a TwiML application takes its calls, whatever `voiceUrl` says. */
  readonly goesTo: 'here' | 'another-desk' | 'elsewhere' | 'application' | 'nowhere';
};

/** A number that may be shown to the person called. */
export type CallerId = {
  readonly number: PhoneNumber;
  readonly name: string;
  /** Bought on this account, or another phone verified with Twilio. */
  readonly kind: 'owned' | 'verified';
};

/** Something that Twilio reported about the account's calls, in words. */
export type LineAlert = {
  readonly at: number;
  /** Twilio's CallSid, when it was about a call. */
  readonly callSid: string | null;
  readonly message: string;
  readonly remedy: string;
  readonly code: string;
  /** Where to read more. */
  readonly link: string;
};
