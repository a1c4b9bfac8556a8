import type { CallId, Party } from './call.ts';
import type { AccountReading, Participant, ParticipantChange } from './conference.ts';
import type { SeatWay } from './room.ts';

/** What supervision asks of the line in use. Every failure is a `ProblemError`; `call-over` says that what it was about is gone. */
export type LineRooms = {
  /** Everything live on the account. */
  readonly read: () => Promise<AccountReading>;
  /** Who is in a conference now; empty when it is over. */
  readonly participants: (conferenceSid: string) => Promise<readonly Participant[]>;
  /** The conference of this name that goes on; null when there is none. */
  readonly conferenceNamed: (name: string) => Promise<string | null>;
  /** Changes a participant. @returns it as Twilio confirmed it */
  readonly change: (
    conferenceSid: string,
    callSid: string,
    change: ParticipantChange,
  ) => Promise<Participant>;
  /** Takes a participant out; nothing happens when it is gone already. */
  readonly remove: (conferenceSid: string, callSid: string) => Promise<void>;
  /** Brings somebody in. @param to a number, `client:name` or `sip:address` */
  readonly add: (conference: string, to: string, options: AddOptions) => Promise<Participant>;
  /**
   * Asks for this desk's seat in a conference, muted; its stream connects by itself.
   * @param conference its sid, or the name of one that begins with it
   * @throws `seat-refused` when Twilio does not take this way
   */
  readonly takeSeat: (
    callId: CallId,
    conference: string,
    seat: SeatRequest,
  ) => Promise<Participant>;
  /** Closes the stream of a seat at once, and lets no other in: its leg ends by itself. */
  readonly closeSeat: (callId: CallId) => void;
  /**
   * Brings both tracks of a leg here by a stream beside it. @param purpose `guard`: only to be told
   * when the leg is over
   * @returns its StreamSid
   */
  readonly startStream: (
    callId: CallId,
    callSid: string,
    purpose: 'monitor' | 'guard',
  ) => Promise<string>;
  /** Ends such a stream; nothing happens when it is over. */
  readonly stopStream: (callSid: string, streamSid: string) => Promise<void>;
  /** Sends legs into a conference, in this order and as close together as can be. */
  readonly moveIntoRoom: (name: string, callSids: readonly string[]) => Promise<void>;
  /** Lets a leg ring somebody instead; when nobody answers it comes back to this desk. */
  readonly dialInstead: (callId: CallId, callSid: string, to: string) => Promise<void>;
  /** Takes a call out of a queue to this desk. */
  readonly pickUp: (queueSid: string, callSid: string, from: Party) => Promise<CallId>;
  /** Ends a leg; nothing happens when it is over. */
  readonly end: (callSid: string) => Promise<void>;
};

/** How a seat is asked for. */
type SeatRequest = {
  readonly way: SeatWay;
  /** Names the desk to others: its label is `seat-` and this. */
  readonly desk: string;
  /** The number called for the ways `number` and `phone`. */
  readonly to: string | null;
};

/** How somebody is brought in. */
type AddOptions = {
  readonly label: string;
  /** The number shown to them. */
  readonly from: string;
};
