import type { AccountFacts, AccountNumber, CallerId, LineAlert } from './account.ts';
import type { Call, CallId } from './call.ts';
import type { CommandName } from './commands.ts';
import type { LineTest } from './line.ts';
import type { Message, MessageId } from './message.ts';
import type { Problem } from './problem.ts';
import type { CallQuality } from './quality.ts';
import type { Marker, Recording } from './recording.ts';

/** What a command answers beside "accepted"; commands not listed answer nothing more. */
type Answers = {
  readonly dial: { readonly callId: CallId };
  readonly notify: { readonly callId: CallId };
  readonly gather: { readonly turn: string };
  readonly 'check-account': {
    readonly account: AccountFacts;
    readonly numbers: readonly AccountNumber[];
    readonly callerIds: readonly CallerId[];
  };
  readonly 'test-line': { readonly test: LineTest };
  readonly alerts: { readonly alerts: readonly LineAlert[] };
  readonly 'ring-me': { readonly callSid: string };
  readonly calls: { readonly calls: readonly Call[] };
  readonly history: { readonly calls: readonly Call[] };
  readonly quality: {
    readonly qualities: readonly { readonly callId: CallId; readonly quality: CallQuality }[];
  };
  readonly recordings: {
    readonly recordings: readonly Recording[];
    readonly markers: readonly Marker[];
  };
  readonly 'send-message': { readonly messageId: MessageId; readonly messageSid: string };
  readonly messages: { readonly messages: readonly Message[] };
};

/** What an accepted command answers. */
type Accepted<Name extends CommandName> = Name extends CommandName
  ? { readonly ok: true } & (Name extends keyof Answers ? Answers[Name] : unknown)
  : never;

/** Accepted, with what was asked for, or refused with the problem. */
export type Outcome<Name extends CommandName = CommandName> =
  | Accepted<Name>
  | { readonly ok: false; readonly problem: Problem };
