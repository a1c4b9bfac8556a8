import type { CallId, Direction, EndReason, Party } from './call.ts';
import type { LineState } from './line.ts';
import type { PhoneNumber } from './phone-number.ts';
import type { Problem } from './problem.ts';
import type { Settings } from './settings.ts';
import type { SoundState } from './sound.ts';

/** Who is on a call, told with its first event. */
export type CallIntroduction = {
  readonly callId: CallId;
  readonly callSid: string | null;
  readonly direction: Direction;
  readonly them: Party;
  readonly ours: PhoneNumber;
};

/** What happened on a call. These are kept for ever in the store. */
export type CallFact =
  | ({ readonly event: 'call-requested' } & CallIntroduction)
  /** Twilio named a call requested here. */
  | { readonly event: 'call-named'; readonly callId: CallId; readonly callSid: string }
  | ({ readonly event: 'call-ringing' } & CallIntroduction)
  | { readonly event: 'call-answered'; readonly callId: CallId }
  | { readonly event: 'call-ended'; readonly callId: CallId; readonly reason: EndReason }
  | { readonly event: 'stream-started'; readonly callId: CallId; readonly streamSid: string }
  | { readonly event: 'stream-stopped'; readonly callId: CallId; readonly streamSid: string }
  | { readonly event: 'mute-changed'; readonly callId: CallId; readonly on: boolean }
  | { readonly event: 'hold-changed'; readonly callId: CallId; readonly on: boolean }
  | { readonly event: 'volume-changed'; readonly callId: CallId; readonly volume: number }
  | { readonly event: 'digits-received'; readonly callId: CallId; readonly digits: string }
  | { readonly event: 'digits-sent'; readonly callId: CallId; readonly digits: string };

/** What happened at this desk. */
type DeskFact =
  | { readonly event: 'microphone-moved'; readonly callId: CallId | null }
  | { readonly event: 'talk-key-changed'; readonly held: boolean }
  /** Who hears this desk's microphone, by what its gate let out in the last 100 ms. */
  | { readonly event: 'reach-changed'; readonly callId: CallId | null }
  | { readonly event: 'line-changed'; readonly line: LineState }
  | { readonly event: 'sound-changed'; readonly sound: SoundState }
  | { readonly event: 'sound-check-changed'; readonly on: boolean }
  | { readonly event: 'settings-changed'; readonly settings: Settings }
  | { readonly event: 'problem-raised'; readonly id: string; readonly problem: Problem }
  | { readonly event: 'problem-cleared'; readonly id: string };

/** A fact, before it is dated. */
export type Fact = CallFact | DeskFact;

/** A fact with its time, in ms since the epoch. */
export type ConsoleEvent = Fact & { readonly at: number };

/** A fact about a call with its time. */
export type CallEvent = CallFact & { readonly at: number };

/** Whether an event belongs to a call, and so to the store. */
export function isCallEvent(event: ConsoleEvent): event is CallEvent {
  return 'callId' in event && event.event !== 'microphone-moved' && event.event !== 'reach-changed';
}
