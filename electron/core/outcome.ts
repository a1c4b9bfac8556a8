import type { AccountFacts, AccountNumber, CallerId, LineAlert } from './account.ts';
import type { AuditEntry } from './audit.ts';
import type { Call, CallId } from './call.ts';
import type { CommandName } from './commands.ts';
import type { LineTest } from './line.ts';
import type { Message, MessageId } from './message.ts';
import type { Problem } from './problem.ts';
import type { CallQuality } from './quality.ts';
import type { Marker, Recording } from './recording.ts';
import type { AccountCall, AccountWatch } from './room.ts';
import type { SearchResult, Transcript } from './transcript.ts';
import type { Pack } from './transcription.ts';

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
  readonly 'account-calls': {
    readonly calls: readonly AccountCall[];
    readonly watch: AccountWatch;
  };
  readonly listen: { readonly callId: CallId };
  readonly whisper: { readonly callId: CallId };
  readonly barge: { readonly callId: CallId };
  readonly 'take-over': { readonly callId: CallId };
  readonly 'make-conference': { readonly callId: CallId };
  readonly 'add-person': { readonly legSid: string };
  readonly 'pick-up': { readonly callId: CallId };
  readonly audit: { readonly entries: readonly AuditEntry[] };
  readonly transcript: Transcript;
  readonly search: SearchResult;
  readonly packs: { readonly packs: readonly Pack[] };
  readonly 'practice-scene': { readonly callSid: string };
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
