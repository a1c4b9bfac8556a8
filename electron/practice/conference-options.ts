import type { Method } from './webhooks.ts';

/** Twilio's words for how much of a participant's sound is held back to smooth its arrival. */
export type JitterBufferSize = 'off' | 'small' | 'medium' | 'large';

/** When a participant's coming and going is told by a tone. */
export type Beep = 'true' | 'false' | 'onEnter' | 'onExit';

/** Twilio's words for what a conference's StatusCallback can be told of. */
export const CONFERENCE_EVENTS = [
  'start',
  'end',
  'join',
  'leave',
  'mute',
  'hold',
  'modify',
  'speaker',
  'announcement',
] as const;

/** One of those words. */
export type ConferenceEvent = (typeof CONFERENCE_EVENTS)[number];

/** Whom a conference tells what happens in it. */
export type ConferenceCallback = {
  readonly url: string;
  readonly method: Method;
  readonly events: readonly ConferenceEvent[];
};

/** What somebody hears apart from a conference: TwiML at a URL, silence for an empty one, music for none. */
export type Interlude = { readonly url: string | undefined; readonly method: Method };

/** How a call takes part in a conference. */
export type JoinOptions = {
  /** Unique among the participants; empty for none. */
  readonly label: string;
  readonly muted: boolean;
  /** Heard by one participant alone. */
  readonly coaching: boolean;
  readonly callSidToCoach: string | undefined;
  readonly beep: Beep;
  readonly startConferenceOnEnter: boolean;
  readonly endConferenceOnExit: boolean;
  /** What is heard until the conference starts, and while alone in it. */
  readonly wait: Interlude;
  readonly jitterBufferSize: JitterBufferSize;
  /** Refused when there are already so many. */
  readonly maxParticipants: number;
  /** That of the first participant counts for the conference. */
  readonly callback: ConferenceCallback | undefined;
};

/** Twilio's limit for one conference. */
export const MAX_PARTICIPANTS = 250;

/** How a call takes part when nothing is asked for. Source: the `<Conference>` noun and the Participant resource. */
export const PLAIN_JOIN: JoinOptions = {
  label: '',
  muted: false,
  coaching: false,
  callSidToCoach: undefined,
  beep: 'true',
  startConferenceOnEnter: true,
  endConferenceOnExit: false,
  wait: { url: undefined, method: 'POST' },
  jitterBufferSize: 'large',
  maxParticipants: MAX_PARTICIPANTS,
  callback: undefined,
};
