/** A participant of a conference as Twilio has it. Source: Participants resource. */
export type Participant = {
  readonly callSid: string;
  readonly conferenceSid: string;
  /** Empty when it has none. */
  readonly label: string;
  readonly muted: boolean;
  readonly held: boolean;
  /** The CallSid it coaches; null when it coaches nobody. */
  readonly coaching: string | null;
  readonly status: 'ringing' | 'joined' | 'gone';
};

/** A conference that goes on, with who is in it. Source: Conferences resource. */
export type Conference = {
  readonly sid: string;
  readonly name: string;
  readonly participants: readonly Participant[];
};

/** What to change about a participant; what is left out stays. Source: Participants resource, update. */
export type ParticipantChange = {
  readonly muted?: boolean;
  readonly hold?: boolean;
  /** The CallSid to coach from now on, null to coach nobody: both fields are always sent. */
  readonly coaching?: string | null;
};

/** A call of the account as Twilio lists it. */
export type ListedCall = {
  readonly sid: string;
  readonly status: 'queued' | 'ringing' | 'in-progress';
  /** `inbound`, `outbound-api`, `outbound-dial`. */
  readonly direction: string;
  readonly from: string;
  readonly to: string;
  /** In ms since the epoch. */
  readonly startedAt: number;
  /** The call whose `<Dial>` made this one. */
  readonly parentSid: string | null;
};

/** Somebody who waits in a queue of the account. */
export type QueueMember = {
  readonly callSid: string;
  readonly queueSid: string;
  readonly queue: string;
  /** In ms since the epoch. */
  readonly since: number;
};

/** What of the account is live at a moment. */
export type AccountReading = {
  readonly calls: readonly ListedCall[];
  readonly conferences: readonly Conference[];
  readonly members: readonly QueueMember[];
  /** There are more calls than were read. */
  readonly isCut: boolean;
};

/** Labels of the seats of desks begin so; the name of the desk follows. */
export const SEAT_LABEL = 'seat-';

/** Labels of those this desk brought into a conference begin so. */
export const PERSON_LABEL = 'person-';

/** The conference of a call is named after the CallSid of its customer. */
export function roomName(customerSid: string): string {
  return `room-${customerSid}`;
}

/** What Twilio told at once of a conference, a seat or a stream, without being asked. */
export type RoomNews =
  /** Something about a participant changed; `gone` when it left. @field sequence rises with each of one conference */
  | {
      readonly kind: 'participant';
      readonly conferenceSid: string;
      readonly conferenceName: string;
      readonly callSid: string;
      readonly label: string;
      readonly change: 'joined' | 'left' | 'muted' | 'unmuted' | 'held' | 'unheld' | 'modified';
      readonly sequence: number;
    }
  | {
      readonly kind: 'conference-ended';
      readonly conferenceSid: string;
      readonly conferenceName: string;
    }
  /** A leg of the account that Earshot asked for goes on or is over; `status` is Twilio's word. */
  | { readonly kind: 'leg'; readonly callSid: string; readonly status: string }
  /** The stream of a followed call or of a seat began or is over. @field error Twilio's, when it failed */
  | {
      readonly kind: 'stream';
      readonly purpose: StreamPurpose;
      readonly callId: string;
      readonly callSid: string;
      readonly streamSid: string;
      readonly on: boolean;
      readonly error: string | null;
    };

/** What a stream is for: to hear both sides of a call, to know that a leg is there, or a seat. */
export type StreamPurpose = 'monitor' | 'guard' | 'seat';
