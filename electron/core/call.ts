import type { CallAgent } from './agent.ts';
import type { Attention } from './attention.ts';
import type { PhoneNumber } from './phone-number.ts';
import type { CallQuality } from './quality.ts';
import type { Recorded } from './recorded.ts';
import type { RunningRecording } from './recording.ts';
import type { Room } from './room.ts';
import type { TalkFigures, TalkTally } from './talk.ts';
import type { Transcription } from './transcription.ts';

/** Earshot's own name for a call; lives before Twilio has given one. */
export type CallId = string;

/** Who started the call, seen from this desk. */
export type Direction = 'inbound' | 'outbound';

/** The outside person: a number, and a name when the line or an earlier call told it. */
export type Party = {
  /** E.164, or the words Twilio uses when a caller hides it, such as `anonymous`. */
  readonly number: PhoneNumber;
  readonly name: string | null;
};

/** Why a call ended. */
export type EndReason =
  | 'hung-up-here'
  /** This desk left a call that goes on without it. */
  | 'left'
  /** This desk handed the call to somebody else. */
  | 'transferred'
  | 'hung-up-there'
  | 'declined'
  | 'missed'
  | 'cancelled'
  | 'busy'
  | 'no-answer'
  | 'failed'
  | 'interrupted'
  /** The line's policy let nobody of this number in. */
  | 'refused'
  /** The longest time a call may take was over. */
  | 'timed-out'
  /** A call that only speaks a message met an answering machine and left it there. */
  | 'voicemail';

/**
 * `direct`: this desk is the other party, or was until it brought others in. `notify`: a message is
 * spoken, then the call ends. `supervised`: a call of others, which this desk heard or spoke to.
 */
export type CallKind = 'direct' | 'notify' | 'supervised';

/** Who took a call, as answering machine detection tells it. */
export type AnsweredBy = 'human' | 'machine' | 'fax' | 'unknown';

type CallBase = {
  readonly id: CallId;
  /** Twilio's CallSid (CA…); null until Twilio has named the call. */
  readonly sid: string | null;
  readonly direction: Direction;
  readonly kind: CallKind;
  readonly them: Party;
  /** Our number on this call. */
  readonly ours: PhoneNumber;
  /** When the call began, in ms since the epoch. */
  readonly startedAt: number;
  /** Who took the call; null unless it was asked for and is known. */
  readonly answeredBy: AnsweredBy | null;
};

/** Asked of Twilio, not ringing yet. Outbound only. */
export type DialingCall = CallBase & { readonly status: 'dialing' };

/** Ringing here (inbound) or there (outbound). */
export type RingingCall = CallBase & { readonly status: 'ringing'; readonly ringingAt: number };

/** Answered by Twilio and waiting in the hold queue until somebody here picks it up. */
export type WaitingCall = CallBase & { readonly status: 'waiting'; readonly waitingAt: number };

/**
 * How a live call reaches the desk: `stream` as sound; `gather` as words only, where Twilio allows
 * no stream (trial accounts): what they say is read here, what is said to them is spoken by Twilio.
 */
export type Carrier = 'stream' | 'gather';

/** Answered. Sound flows while `stream` is true. */
export type LiveCall = CallBase &
  Recorded & {
    readonly status: 'live';
    readonly answeredAt: number;
    readonly carrier: Carrier;
    /** True while the Media Stream of this call is connected. */
    readonly stream: boolean;
    /** True when the person closed the microphone on this call. */
    readonly muted: boolean;
    /** When the call was put on hold, in ms since the epoch; null when it is not. */
    readonly heldAt: number | null;
    /** How loud the other side plays here, 0 (silent) to 2 (double); 1 is as received. */
    readonly volume: number;
    /** Where the other side is heard: -1 left, 0 in the middle, 1 right. */
    readonly pan: number;
    /** True when the other side is not to be heard here. The call knows nothing of it. */
    readonly silenced: boolean;
    /** True when, of all calls, this one is to be heard alone. */
    readonly solo: boolean;
    /** The recording that runs; null while none does. */
    readonly recording: RunningRecording | null;
    /** Its legs and this desk's part among them; null while this desk is the only other party. */
    readonly room: Room | null;
    /** The voice agent that serves it from here; null when none does. */
    readonly agent: CallAgent | null;
    /** How its words are written down. */
    readonly transcription: Transcription;
    /** How the talk is shared so far. */
    readonly talk: TalkTally;
    /** Why it wants to be looked at, the oldest first. */
    readonly attention: readonly Attention[];
  };

/** Over. `answeredAt` is null when nobody ever answered. */
export type EndedCall = CallBase &
  Recorded & {
    readonly status: 'ended';
    readonly answeredAt: number | null;
    readonly endedAt: number;
    readonly reason: EndReason;
    /** How its sound went; null when it had none. */
    readonly quality: CallQuality | null;
    /** How the talk was shared; null when nothing listened for it. */
    readonly talk: TalkFigures | null;
    /** Who took part beside `them` and this desk. */
    readonly others: readonly Party[];
  };

/** A call whose end was never told, as an earlier run kept it. Times in ms since the epoch. */
export type UnfinishedCall = Omit<CallBase, 'answeredBy'> & {
  readonly answeredAt: number | null;
  /** When anything was last known of it. */
  readonly lastSeenAt: number;
};

/** One phone call. Each status carries only what exists in that status. */
export type Call = DialingCall | RingingCall | WaitingCall | LiveCall | EndedCall;

/** The statuses a call may move to from each status. Nothing leaves `ended`. */
export const TRANSITIONS: Readonly<Record<Call['status'], readonly Call['status'][]>> = {
  dialing: ['ringing', 'live', 'ended'],
  ringing: ['live', 'waiting', 'ended'],
  waiting: ['live', 'ended'],
  live: ['ended'],
  ended: [],
};

/** Whether a call may move from one status to another. */
export function canMove(from: Call['status'], to: Call['status']): boolean {
  return TRANSITIONS[from].includes(to);
}

/** The call in its live status, or null when it is in another. */
export function asLive(call: Call | undefined): LiveCall | null {
  return call?.status === 'live' ? call : null;
}

/** Whether the call itself goes on, though it is over for this desk. */
export function goesOn(reason: EndReason): boolean {
  return reason === 'left' || reason === 'transferred';
}

/** Whether a call is live with this desk as a party of it, heard and spoken to by sound. */
export function isTalk(call: Call | undefined): call is LiveCall {
  return call?.status === 'live' && call.kind === 'direct' && call.carrier === 'stream';
}

/** Milliseconds the parties were connected; 0 when the call was never answered. */
export function talkTimeMs(call: Call, now: number): number {
  if (call.status === 'live') return now - call.answeredAt;
  if (call.status === 'ended' && call.answeredAt !== null) return call.endedAt - call.answeredAt;
  return 0;
}
