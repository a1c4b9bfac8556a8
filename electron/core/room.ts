import type { CallId, Direction, Party } from './call.ts';
import type { PhoneNumber } from './phone-number.ts';
import type { Problem } from './problem.ts';

/**
 * What this desk does in a call of others: hears it, speaks to its agent alone, speaks to all, or
 * speaks to the customer alone while the agent is on hold.
 */
export const MODES = ['listen', 'whisper', 'barge', 'takeover'] as const;

/** One of the modes. */
export type Mode = (typeof MODES)[number];

/**
 * What people of the practice line can be doing when somebody wants to supervise: two of them in a
 * conference, two joined by a `<Dial>`, one with another program's voice agent, one waiting in a queue.
 */
export const SCENES = ['conference', 'dialled', 'program', 'queue'] as const;

/** One of the scenes. */
export type Scene = (typeof SCENES)[number];

/** Who is served and who serves. */
type LegRole = 'customer' | 'agent';

/** One audio path of a call that has several, without this desk's own. */
export type Leg = {
  /** Its CallSid, CA…. */
  readonly sid: string;
  readonly party: Party;
  readonly role: LegRole;
  /** A voice agent run by another program: it would answer aloud whatever it hears. */
  readonly isProgram: boolean;
  /** `ringing`: asked to join and not there yet. */
  readonly status: 'ringing' | 'joined';
  /** On hold: hears music, is heard by nobody. */
  readonly held: boolean;
  /** Hears all, is heard by nobody. */
  readonly muted: boolean;
};

/** How the legs of a call are joined: not at all, by a `<Dial>`, by a queue, or in a conference. */
type Shape = 'alone' | 'dialled' | 'queued' | 'conference';

/** How this desk gets a leg of its own into a conference, the best first. */
export const SEAT_WAYS = ['app', 'number', 'phone'] as const;

/** One of the ways. `phone`: the supervisor's own telephone, whose microphone Earshot cannot shut. */
export type SeatWay = (typeof SEAT_WAYS)[number];

/** What Twilio last confirmed of this desk's seat. */
export type SeatState = {
  readonly muted: boolean;
  /** The CallSid of the leg that alone hears it; null when it is not coaching. */
  readonly coaching: string | null;
};

/** This desk's own leg in a conference. */
export type Seat = {
  readonly way: SeatWay;
  /** Its CallSid; null until Twilio has named it. */
  readonly sid: string | null;
  readonly status: 'joining' | 'joined' | 'leaving';
  /** Whether its sound is connected. Always true for a phone that has joined. */
  readonly stream: boolean;
  /** Null while it is not known: then nobody hears this desk. */
  readonly confirmed: SeatState | null;
};

/** The seat of another desk in the same conference. */
export type OtherSeat = { readonly sid: string; readonly name: string; readonly mode: Mode };

/** A mode that was asked of Twilio and is not confirmed yet. */
type ModeRequest = {
  readonly mode: Mode;
  /** In ms since the epoch. */
  readonly since: number;
  /** The person speaks in the call already and goes on. */
  readonly speaking: boolean;
};

/** The legs of a call beside this desk's sound, and what this desk does among them. */
export type Room = {
  readonly shape: Shape;
  /** CF…; null while it is no conference. */
  readonly conferenceSid: string | null;
  /** The customer first. */
  readonly legs: readonly Leg[];
  readonly others: readonly OtherSeat[];
  /** Whether the sound of the call comes here by a stream beside it, without a seat. */
  readonly listening: boolean;
  readonly seat: Seat | null;
  readonly requested: ModeRequest | null;
  /** Every leg that was ever on it. */
  readonly met: readonly Leg[];
};

/** What is known of the legs of a call, without this desk's part. */
export type RoomView = Pick<Room, 'shape' | 'conferenceSid' | 'legs' | 'others'>;

/** A call of the account, whoever started it. */
export type AccountCall = RoomView & {
  /** The CallSid of its first leg, the customer's: its name as long as it lasts. */
  readonly sid: string;
  readonly direction: Direction;
  /** The number of the account that the customer called, or sees; null when it is not known. */
  readonly ours: PhoneNumber | null;
  readonly status: 'ringing' | 'waiting' | 'live';
  /** In ms since the epoch. */
  readonly startedAt: number;
  /** The queue it waits in and since when; null when it waits in none. */
  readonly waiting: { readonly queue: string; readonly since: number } | null;
  /** The call of this desk that follows it; null when Earshot does not hear it. */
  readonly callId: CallId | null;
};

/** How well the account's calls are known. */
export type AccountWatch = {
  readonly status: 'off' | 'watching' | 'failed';
  /** When they were last read, in ms since the epoch. */
  readonly readAt: number | null;
  /** There are more than are read; the newest are left out. */
  readonly isCut: boolean;
  readonly problem: Problem | null;
};

/** Nobody looks at the account yet. */
export const NOT_WATCHED: AccountWatch = {
  status: 'off',
  readAt: null,
  isCut: false,
  problem: null,
};

/** A room of which only the legs are known. */
export function roomOf(view: RoomView): Room {
  const { shape, conferenceSid, legs, others } = view;
  const desk = { listening: false, seat: null, requested: null };
  return { shape, conferenceSid, legs, others, ...desk, met: legs };
}

/** The legs that serve. */
export function agentsOf(legs: readonly Leg[]): readonly Leg[] {
  return legs.filter(leg => leg.role === 'agent');
}

/**
 * What this desk does in the call by what Twilio confirmed: null when it neither hears the call nor
 * sits in it, or when what was confirmed is not known.
 */
export function modeOf(room: Pick<Room, 'seat' | 'legs' | 'listening'>): Mode | null {
  const { seat, legs, listening } = room;
  if (seat === null) return listening ? 'listen' : null;
  if (seat.confirmed === null) return listening ? 'listen' : null;
  if (seat.confirmed.muted) return 'listen';
  if (seat.confirmed.coaching !== null) return 'whisper';
  const agents = agentsOf(legs).filter(leg => leg.status === 'joined');
  return agents.length > 0 && agents.every(leg => leg.held) ? 'takeover' : 'barge';
}

/**
 * Who hears this desk when its microphone is open: nobody unless Twilio confirmed it and nothing else
 * is asked. On any doubt nobody, and so the gate is shut.
 */
export function hearersOf(room: Pick<Room, 'seat' | 'requested' | 'legs'>): readonly Leg[] {
  const { seat, requested, legs } = room;
  if (requested !== null || seat === null || seat.status !== 'joined' || !seat.stream) return [];
  if (seat.confirmed === null || seat.confirmed.muted) return [];
  const hearing = legs.filter(leg => leg.status === 'joined' && !leg.held);
  const { coaching } = seat.confirmed;
  return coaching === null ? hearing : hearing.filter(leg => leg.sid === coaching);
}

/**
 * Who will hear this desk in a mode, were it confirmed now: what every control of a mode says.
 * @param coached the leg to whisper to; the first that serves when left out
 */
export function wouldHear(room: RoomView, mode: Mode, coached?: string): readonly Leg[] {
  const there = room.legs.filter(leg => leg.status === 'joined');
  switch (mode) {
    case 'listen':
      return [];
    case 'whisper': {
      const agents = agentsOf(there).filter(leg => !leg.isProgram);
      const one = agents.find(leg => leg.sid === coached) ?? agents[0];
      return one === undefined ? [] : [one];
    }
    case 'barge':
      return there.filter(leg => !leg.held || leg.role === 'agent');
    case 'takeover':
      return there.filter(leg => leg.role === 'customer');
  }
}

/** Why a mode cannot be asked for, in words for a person; null when it can. */
export function whyNot(room: RoomView, mode: Mode): string | null {
  if (mode === 'listen') return null;
  const agents = agentsOf(room.legs);
  const isProgram = agents.length > 0 && agents.every(leg => leg.isProgram);
  if (room.shape === 'conference') {
    if (mode === 'whisper' && agents.length === 0) return 'There is no agent to whisper to';
    if (mode === 'whisper' && isProgram) return 'It would answer your voice aloud';
    return null;
  }
  if (room.shape === 'dialled') return null;
  // One leg that other TwiML serves: a program, a menu, a message.
  if (room.shape === 'alone') {
    if (room.legs.every(leg => leg.status !== 'joined')) return 'It is not answered yet';
    return mode === 'takeover' ? null : 'Only in a conference';
  }
  return 'Nobody serves this call';
}

/** Whether asking for a mode first moves the legs into a conference, which the person must agree to. */
export function needsConference(room: RoomView, mode: Mode): boolean {
  return mode !== 'listen' && room.shape !== 'conference';
}
