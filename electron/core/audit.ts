import { asLive, type CallId, type LiveCall, type Party } from './call.ts';
import type { ConsoleEvent, RoomAct } from './events.ts';
import { hearersOf, type Mode, modeOf, type Room, type Seat } from './room.ts';
import { type ConsoleState, findCall } from './state.ts';

/** What somebody at a desk did to a call of others, or to others on a call of its own. */
export type AuditAction =
  | 'listened'
  | 'stopped-listening'
  | 'mode-asked'
  | 'mode-refused'
  | 'mode-changed'
  | 'spoke'
  | 'fell-silent'
  | 'told-agent'
  | 'took-seat'
  | 'left-seat'
  | RoomAct;

/** One line of the audit: who did what, when, to which call, and who could hear it. */
export type AuditEntry = {
  /** In ms since the epoch. */
  readonly at: number;
  readonly callId: CallId;
  /** CallSid of the customer's leg; null for a call Twilio never named. */
  readonly callSid: string | null;
  /** The person at the desk. */
  readonly by: string;
  readonly action: AuditAction;
  /** The mode asked for, refused, confirmed or spoken in; null where there is none. */
  readonly mode: Mode | null;
  /** Who heard it, or whom it was done to. A voice agent of this desk has no number. */
  readonly whom: readonly Party[];
  /** The customer. */
  readonly them: Party;
};

/** What a line of the audit tells beside its call, its time and the person. */
type Deed = Pick<AuditEntry, 'action' | 'mode' | 'whom'>;

/**
 * What the audit keeps of an event: something about others on a call, or about its voice agent. The end
 * of a call closes what was open on it, so that every beginning has its end.
 * @param before the state before the event @param after the state after it @param by the person at the desk
 */
export function auditOf(
  event: ConsoleEvent,
  before: ConsoleState,
  after: ConsoleState,
  by: string,
): readonly AuditEntry[] {
  if (!('callId' in event) || event.callId === null) return [];
  const was = asLive(findCall(before, event.callId));
  const is = asLive(findCall(after, event.callId));
  const call = is ?? was;
  if (call === null) return [];
  const isAlone = call.room === null && call.agent === null;
  // A call without others is handed to somebody by what is done to it.
  if (isAlone && event.event !== 'room-acted') return [];
  const { id: callId, sid: callSid, them } = call;
  const about = { at: event.at, callId, callSid, by, them };
  return deedsOf(event, was, is, after).map(deed => ({ ...about, ...deed }));
}

/** @param was the live call before the event @param is the live call after it */
function deedsOf(
  event: ConsoleEvent,
  was: LiveCall | null,
  is: LiveCall | null,
  after: ConsoleState,
): readonly Deed[] {
  switch (event.event) {
    case 'listening-changed':
      return was?.room?.listening === event.on ? [] : [listening(event.on)];
    case 'mode-requested':
      return [deed('mode-asked', event.mode)];
    case 'mode-confirmed':
      return [deed('mode-changed', event.mode, event.whom)];
    case 'mode-refused':
      return [deed('mode-refused', event.mode)];
    case 'voice-began':
      return [deed('spoke', event.mode, event.whom)];
    case 'voice-ended':
      return [fellSilent(was)];
    case 'room-changed':
      return after.reach === event.callId ? newHearers(was, is) : [];
    case 'seat-changed': {
      const seats = seatDeeds(was?.room?.seat ?? null, event.seat);
      return after.reach === event.callId ? [...newHearers(was, is), ...seats] : seats;
    }
    case 'room-acted':
      return [deed(event.act, null, event.whom)];
    case 'agent-told':
      return [deed('told-agent', null, agentParty(was))];
    case 'call-ended':
      return was?.room == null ? [] : closings(was, was.room, after.reach === event.callId);
    default:
      return [];
  }
}

function deed(action: AuditAction, mode: Mode | null, whom: readonly Party[] = []): Deed {
  return { action, mode, whom };
}

function listening(on: boolean): Deed {
  return deed(on ? 'listened' : 'stopped-listening', 'listen');
}

function fellSilent(call: LiveCall | null): Deed {
  return deed('fell-silent', call?.room == null ? null : modeOf(call.room));
}

/** More hear somebody who speaks already: they are told as if the speaking began. */
function newHearers(was: LiveCall | null, is: LiveCall | null): readonly Deed[] {
  if (was?.room == null || is?.room == null) return [];
  const heard = new Set(hearersOf(was.room).map(({ sid }) => sid));
  const hearers = hearersOf(is.room);
  if (hearers.every(({ sid }) => heard.has(sid))) return [];
  const whom = hearers.map(({ party }) => party);
  return [deed('spoke', modeOf(is.room), whom)];
}

function seatDeeds(was: Seat | null, is: Seat | null): readonly Deed[] {
  if (is?.status === 'joined' && was?.status !== 'joined') return [deed('took-seat', null)];
  return is === null && isTaken(was) ? [deed('left-seat', null)] : [];
}

/** Whether a seat was in the conference; one that only ever was asked for was not. */
function isTaken(seat: Seat | null): boolean {
  return seat !== null && seat.status !== 'joining';
}

function agentParty(call: LiveCall | null): readonly Party[] {
  return call?.agent == null ? [] : [{ number: '', name: call.agent.name }];
}

/** What the end of a call ends with it. */
function closings(call: LiveCall, room: Room, isHeard: boolean): readonly Deed[] {
  return [
    ...(isHeard ? [fellSilent(call)] : []),
    ...(isTaken(room.seat) ? [deed('left-seat', null)] : []),
    ...(room.listening ? [listening(false)] : []),
  ];
}
