import { isDeepStrictEqual } from 'node:util';
import type { CallId, Party } from '../core/call.ts';
import type { Cancel, Clock } from '../core/clock.ts';
import type { Fact } from '../core/events.ts';
import type { LineRooms } from '../core/line-rooms.ts';
import type { Problem } from '../core/problem.ts';
import {
  type Leg,
  type Mode,
  type Room,
  type RoomView,
  roomOf,
  type Seat,
  type SeatState,
} from '../core/room.ts';
import type { ConsoleState } from '../core/state.ts';
import type { Log } from '../log.ts';

/** What supervision asks of the voice agents of this desk. */
type AgentPort = {
  /** It hears and says nothing: the person speaks. */
  readonly silence: (callId: CallId) => void | Promise<void>;
  /** It serves the call again. */
  readonly serve: (callId: CallId) => void | Promise<void>;
  /** It leaves the call. */
  readonly dismiss: (callId: CallId) => void | Promise<void>;
  /** It gets a direct call to serve. */
  readonly give: (callId: CallId) => void | Promise<void>;
  /** The microphone goes to it alone, or no longer. */
  readonly whisper: (callId: CallId, on: boolean) => void | Promise<void>;
};

/** What supervision needs of the rest. */
export type SupervisionPorts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly newId: () => string;
  readonly state: () => ConsoleState;
  readonly emit: (fact: Fact) => void;
  /** Raises a standing problem, or ends it with null. */
  readonly problem: (id: string, problem: Problem | null) => void;
  /** The conferences of the line in use; null while it is down. */
  readonly rooms: () => LineRooms | null;
  /** Shuts the gate of a call's seat and drops what was said and not played yet, now. */
  readonly closeGate: (callId: CallId) => void;
  /** Settles once nothing that was sent into a call so far can still be played there. */
  readonly drained: (callId: CallId) => Promise<void>;
  /** Names this desk to others. */
  readonly deskName: () => string;
  /** The name that is known of a number; null when none is. */
  readonly nameOf: (number: string) => string | null;
  /** Asks that the account is looked at soon. */
  readonly look: () => void;
  /** Tells the voice agent of a call something that only it gets. */
  readonly instruct: (callId: CallId, text: string) => void | Promise<void>;
  /** When the microphone last heard a voice that went to a call, in ms since the epoch; null: never. */
  readonly lastSpokeAt: (callId: CallId) => number | null;
  readonly agent: AgentPort;
};

/** A stream beside a leg. */
export type BesideStream = {
  readonly callSid: string;
  /** Null until Twilio has named it. */
  streamSid: string | null;
};

/** This desk's part in one call of others, or in a call of its own that has legs: the one truth of it. */
export type Session = {
  readonly ports: SupervisionPorts;
  readonly callId: CallId;
  /** CallSid of the customer's leg. */
  readonly customerSid: string;
  /** This desk was the other party before it brought others in. */
  readonly isOwn: boolean;
  view: RoomView;
  listening: boolean;
  seat: Seat | null;
  /** What was last confirmed of the seat, also while it is in doubt. */
  trusted: SeatState | null;
  /** The mode that was confirmed last. */
  mode: Mode;
  /** The legs this desk put on hold, or may have. */
  readonly held: Set<string>;
  /** The legs a person at this desk put on hold by hand. */
  readonly parked: Set<string>;
  /** Whom the call is being handed to: told when this desk leaves. */
  successor: Party | null;
  /** Who is or was whispered to last. */
  whispersTo: Party | null;
  /** Since when those who were asked to join ring, in ms since the epoch, by CallSid. */
  readonly rung: Map<string, number>;
  monitor: BesideStream | null;
  guard: BesideStream | null;
  /** How often in a row the stream beside the call was begun again. */
  monitorStarts: number;
  /** Counts what was asked: a sequence that is not of the newest stops. */
  generation: number;
  /** How many sequences wait or run. */
  changing: number;
  /** How often what is known of a leg changed, by CallSid: a reading that began before is untrue of it. */
  readonly touched: Map<string, number>;
  /** Counts what was told of the seat and does not fit what is asked for. */
  doubts: number;
  /** Facts are told; not yet while a direct call becomes a conference. */
  isTold: boolean;
  isOver: boolean;
  /** This desk ends the call for everybody: that its people leave is its own doing. */
  isEnding: boolean;
  /** CallSids that carried this desk's label before a request for a seat that may have been granted. */
  stray: readonly string[] | null;
  /** Since when the microphone is open to a whisper, in ms since the epoch; null while it is not. */
  latchedAt: number | null;
  /** When the conference was last read, in ms since the epoch. */
  readAt: number;
  /** Latest sequence number of what was told, by CallSid. */
  readonly sequences: Map<string, number>;
  /** Woken when the seat or the generation changes. */
  readonly waiters: Set<() => void>;
  /** The request that is on its way: no two change this call at once. */
  inFlight: Promise<void>;
  queue: Promise<void>;
  tick: Cancel | null;
  /** How often its person put it on hold or took it back: only what the newest came to is told. */
  holdWishes: number;
  /** Why its customers could not be put on hold, or taken back. */
  holdRefused: { readonly on: boolean; readonly problem: Problem } | null;
  /** It is told that the call is on hold still, which is no wish of a person. */
  isRestating: boolean;
  /** A reading of the conference is on its way. */
  isReading: boolean;
  /** Something was told meanwhile that asks for another. */
  readAgain: boolean;
  /** This desk's seats so far, by CallSid: what is read late of one that left is no seat of another desk. */
  readonly ownSeats: Set<string>;
  /** When this desk last took a seat anew because the last one was lost, in ms since the epoch; null: never. */
  cameBackAt: number | null;
  /** What is to be done when this desk made the conference. */
  onMade: () => void;
  /** What is to be done when nothing of the session is left. */
  onGone: () => void;
};

/** A session that has done nothing yet. */
export function newSession(
  ports: SupervisionPorts,
  start: Pick<Session, 'callId' | 'customerSid' | 'isOwn' | 'view' | 'isTold'>,
): Session {
  return {
    ...start,
    ports,
    listening: false,
    seat: null,
    trusted: null,
    mode: 'listen',
    held: new Set(),
    parked: new Set(),
    successor: null,
    whispersTo: null,
    rung: new Map(),
    monitor: null,
    guard: null,
    monitorStarts: 0,
    generation: 0,
    changing: 0,
    touched: new Map(),
    doubts: 0,
    isOver: false,
    isEnding: false,
    stray: null,
    latchedAt: null,
    readAt: ports.clock.now(),
    sequences: new Map(),
    waiters: new Set(),
    inFlight: Promise.resolve(),
    queue: Promise.resolve(),
    tick: null,
    holdWishes: 0,
    holdRefused: null,
    isRestating: false,
    isReading: false,
    readAgain: false,
    ownSeats: new Set(),
    cameBackAt: null,
    onMade: () => {},
    onGone: () => {},
  };
}

/** Tells a fact of a call, unless it is over or not to be told yet. */
export function tell(session: Session, fact: Fact): void {
  if (session.isTold && !session.isOver) session.ports.emit(fact);
}

/** Raises what stands against a call, or ends it with null; what stands already is not told again. */
export function complain(session: Session, problem: Problem | null): void {
  const { isTold, isOver, ports, callId } = session;
  if (!isTold || (isOver && problem !== null)) return;
  if (!isDeepStrictEqual(standingOf(session), problem)) ports.problem(complaintId(callId), problem);
}

/** Ends what stands against a call, unless something else has taken its place. */
export function withdraw(session: Session, problem: Problem): void {
  if (isDeepStrictEqual(standingOf(session), problem)) complain(session, null);
}

function standingOf({ ports, callId }: Session): Problem | null {
  const id = complaintId(callId);
  return ports.state().problems.find(each => each.id === id)?.problem ?? null;
}

const complaintId = (callId: CallId): string => `supervision-${callId}`;

/** Sets who is on the call. */
export function setView(session: Session, view: RoomView): void {
  const before = session.view;
  session.view = view;
  if (isDeepStrictEqual(before, view)) return;
  tell(session, { event: 'room-changed', callId: session.callId, room: view });
}

/** Sets the legs of the call. */
export function setLegs(session: Session, legs: readonly Leg[]): void {
  setView(session, { ...session.view, legs });
}

/** Changes what is known of the seat; null takes it away. */
export function setSeat(session: Session, change: Partial<Seat> | null): void {
  const before = session.seat;
  if (before === null) return;
  placeSeat(session, change === null ? null : { ...before, ...change });
}

/** Sets the seat. */
export function placeSeat(session: Session, seat: Seat | null): void {
  const before = session.seat;
  session.seat = seat;
  if (seat === null) session.trusted = null;
  else if (seat.confirmed !== null) session.trusted = seat.confirmed;
  if (!isDeepStrictEqual(before, seat)) {
    tell(session, { event: 'seat-changed', callId: session.callId, seat });
  }
  wake(session);
}

/** Notes that what is known of a leg is newer than any reading that is on its way. */
export function touch({ touched }: Session, sid: string): void {
  touched.set(sid, (touched.get(sid) ?? 0) + 1);
}

/** Lets those who wait for something of this session look again. */
export function wake(session: Session): void {
  for (const waiter of [...session.waiters]) waiter();
}

/** The microphone reaches nobody from this moment, whatever Twilio thinks. */
export function shutGate(session: Session): void {
  session.ports.closeGate(session.callId);
  if (session.seat?.confirmed != null && !session.seat.confirmed.muted) {
    setSeat(session, { confirmed: null });
  }
}

/** The room as the state has it once nothing is asked for any more. */
export function roomWhenConfirmed({ view, listening, seat }: Session): Room {
  return { ...roomOf(view), listening, seat };
}
