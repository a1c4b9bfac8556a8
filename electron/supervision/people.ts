import type { Party } from '../core/call.ts';
import { PERSON_LABEL } from '../core/conference.ts';
import type { RoomAct } from '../core/events.ts';
import { partyAt } from '../core/leg-party.ts';
import { parsePhoneNumber } from '../core/phone-number.ts';
import { ProblemError } from '../core/problem.ts';
import type { Leg } from '../core/room.ts';
import { changeParticipant, roomsOf, serially } from './asking.ts';
import { REPLY_LIMIT_MS } from './confirmed.ts';
import { readRoom } from './reading.ts';
import { saidBefore } from './said-before.ts';
import { isGone, nameOf, namesOf, problemIn, refusal, wrongState } from './sentences.ts';
import {
  complain,
  type Session,
  type SupervisionPorts,
  setLegs,
  shutGate,
  tell,
  touch,
  withdraw,
} from './session.ts';
import { finish } from './vacating.ts';

/** Whom to bring in, as Twilio is to be asked. @throws `invalid-number` */
export function target(to: string): string {
  if (/^(client|sip):\S+$/.test(to)) return to;
  const parsed = parsePhoneNumber(to);
  if (!parsed.ok) throw new ProblemError(parsed.problem);
  return parsed.number;
}

/** Brings somebody into a conference. They ring until they answer. @returns the CallSid of their leg */
export function addPerson(session: Session, to: string): Promise<string> {
  return serially(session, async () => {
    const conferenceSid = conferenceOf(session);
    const number = target(to);
    const options = { label: `${PERSON_LABEL}${number}`, from: shownNumber(session.ports) };
    const added = await roomsOf(session).add(conferenceSid, number, options);
    const sid = added.callSid;
    touch(session, sid);
    const party = partyAt(number, session.ports);
    const before = session.view.legs.find(leg => leg.sid === sid);
    const leg: Leg = {
      sid,
      party,
      role: 'agent',
      isProgram: false,
      status: added.status === 'joined' || before?.status === 'joined' ? 'joined' : 'ringing',
      held: added.held,
      muted: added.muted,
    };
    session.rung.set(sid, session.ports.clock.now());
    if (session.sequences.get(sid) !== Number.POSITIVE_INFINITY) {
      setLegs(session, [...session.view.legs.filter(each => each.sid !== sid), leg]);
    }
    act(session, 'added', [party]);
    return sid;
  });
}

/** Puts somebody on hold, or lets them hear and be heard again. */
export function holdPerson(session: Session, sid: string, on: boolean): Promise<void> {
  return serially(session, async () => {
    const leg = legOf(session, sid);
    if (on) {
      await inSilence(session, leg, isCoached(session, sid), () => {
        session.parked.add(sid);
        return changePerson(session, leg, { hold: true }, 'held');
      });
      return;
    }
    // In doubt the seat is open at Twilio.
    const isHeard = session.seat !== null && session.seat.confirmed?.muted !== true;
    await inSilence(session, leg, isHeard, () =>
      changePerson(session, leg, { hold: false }, 'unheld'),
    );
    session.parked.delete(sid);
    session.held.delete(sid);
  });
}

/** Changes who hears this desk when what was said before has passed; the next reading opens the gate again. */
async function inSilence(
  session: Session,
  { party }: Leg,
  isNeeded: boolean,
  change: () => Promise<void>,
): Promise<void> {
  session.changing += 1;
  try {
    if (isNeeded) {
      shutGate(session);
      await saidBefore(session, `Nothing was changed for ${nameOf(party)}.`);
    }
    await change();
  } finally {
    session.changing -= 1;
    await readRoom(session);
  }
}

/** Whether somebody is whispered to: what is said must not come to the ears of those who stay. */
function isCoached({ guard }: Session, sid: string): boolean {
  return guard?.callSid === sid;
}

/** Lets nobody hear somebody, or lets them be heard again. */
export function mutePerson(session: Session, sid: string, on: boolean): Promise<void> {
  return serially(session, () =>
    changePerson(session, legOf(session, sid), { muted: on }, on ? 'muted' : 'unmuted'),
  );
}

async function changePerson(
  session: Session,
  leg: Leg,
  change: { readonly hold: boolean } | { readonly muted: boolean },
  done: RoomAct,
): Promise<void> {
  conferenceOf(session);
  const late = (): Error =>
    refusal(
      'not-confirmed',
      `Twilio did not confirm in ${REPLY_LIMIT_MS / 1000} s what was asked for ${nameOf(leg.party)}. The call goes on.`,
      'Look at the people on the call, then try again.',
    );
  const reply = await changeParticipant(session, leg.sid, change, REPLY_LIMIT_MS, late);
  const isDone = 'hold' in change ? reply.held === change.hold : reply.muted === change.muted;
  const { held, muted } = reply;
  setLegs(
    session,
    session.view.legs.map(each => (each.sid === leg.sid ? { ...each, held, muted } : each)),
  );
  if (!isDone) throw late();
  act(session, done, [leg.party]);
}

/** Takes somebody out of the call; their leg ends. */
export function removePerson(session: Session, sid: string): Promise<void> {
  return serially(session, async () => {
    const conferenceSid = conferenceOf(session);
    const leg = legOf(session, sid);
    await inSilence(session, leg, isCoached(session, sid), () =>
      roomsOf(session).remove(conferenceSid, sid),
    );
    touch(session, sid);
    setLegs(
      session,
      session.view.legs.filter(each => each.sid !== sid),
    );
    act(session, 'removed', [leg.party]);
  });
}

/** Ends the call for everybody. @throws names whose leg could not be ended */
export async function endForAll(session: Session): Promise<void> {
  const { legs, conferenceSid } = session.view;
  const rooms = roomsOf(session);
  const left: Party[] = [];
  const coachedOf = ({ sid }: Leg): number => Number(isCoached(session, sid));
  session.isEnding = true;
  // Those who are still there must not hear what was meant for those who are gone.
  session.changing += 1;
  shutGate(session);
  // Who is whispered to goes last: without them their whisper is heard by who is still there.
  const coachedLast = legs.toSorted((a, b) => coachedOf(a) - coachedOf(b));
  for (const { sid, party } of coachedLast) {
    try {
      if (left.length > 0 && isCoached(session, sid)) await saidBefore(session, '');
      if (conferenceSid !== null) await rooms.remove(conferenceSid, sid);
      await rooms.end(sid);
    } catch (error) {
      if (!isGone(error)) left.push(party);
    }
  }
  session.changing -= 1;
  if (left.length > 0) {
    session.isEnding = false;
    void readRoom(session);
    throw refusal(
      'refused-by-twilio',
      `The call could not be ended for ${namesOf(left)}.`,
      'Try again.',
    );
  }
  act(
    session,
    'ended-for-all',
    legs.map(leg => leg.party),
  );
  finish(session, 'hung-up-here');
}

/** Takes this desk out of a call; the others go on. */
export function leave(session: Session): void {
  const { successor } = session;
  if (successor !== null) act(session, 'transferred', [successor]);
  finish(session, successor === null ? 'left' : 'transferred');
}

/**
 * Brings the customers of a call of this desk to where its person put the call. When one cannot be taken
 * back the call is on hold still, and is told so: it can be taken back again, and nobody speaks to who does not hear.
 */
export async function followHold(session: Session, on: boolean): Promise<void> {
  if (session.isRestating) return;
  session.holdWishes += 1;
  const wish = session.holdWishes;
  const isNewest = (): boolean => wish === session.holdWishes && !session.isOver;
  try {
    await holdCustomers(session, on);
    const { holdRefused } = session;
    if (isNewest() && holdRefused?.on === on) withdraw(session, holdRefused.problem);
  } catch (error) {
    if (!isNewest() || isGone(error)) return;
    const problem = problemIn(error);
    session.holdRefused = { on, problem };
    complain(session, problem);
    if (on || !session.view.legs.some(leg => mayBeHeld(session, leg))) return;
    const { callId } = session;
    session.isRestating = true;
    tell(session, { event: 'hold-changed', callId, on: true });
    session.isRestating = false;
    // What was asked may have been done, or be done late: behind it they are put on hold, as is told.
    await holdCustomers(session, true).catch(() => {});
  }
}

/** Whether a customer may be on hold by this desk. In doubt they are. */
function mayBeHeld({ parked }: Session, { sid, role, status, held }: Leg): boolean {
  return role === 'customer' && status === 'joined' && (held || parked.has(sid));
}

/** Puts the customers of a call of this desk on hold, or takes them back. @throws the first that failed, after all were asked for */
export async function holdCustomers(session: Session, on: boolean): Promise<void> {
  const customers = session.view.legs.filter(
    leg => leg.role === 'customer' && leg.status === 'joined',
  );
  const failed: unknown[] = [];
  for (const { sid } of customers) {
    await holdPerson(session, sid, on).catch((error: unknown) => failed.push(error));
  }
  if (failed.length > 0) throw failed[0];
}

function act(session: Session, done: RoomAct, whom: readonly Party[]): void {
  tell(session, { event: 'room-acted', callId: session.callId, act: done, whom });
}

/** The number that those who are brought in see. */
function shownNumber({ state }: SupervisionPorts): string {
  const { settings, line } = state();
  const number = settings.callerId ?? line.number;
  if (number !== null) return number;
  throw refusal('not-available', 'This line has no number to call from.', 'Set up a number.');
}

function conferenceOf({ view, isOver }: Session): string {
  if (isOver) throw refusal('call-over', 'This call is over.', 'Look at the history.');
  if (view.shape === 'conference' && view.conferenceSid !== null) return view.conferenceSid;
  throw wrongState(
    'This call is no conference, so its people cannot be changed.',
    'Make it a conference first.',
  );
}

function legOf({ view }: Session, sid: string): Leg {
  const leg = view.legs.find(each => each.sid === sid);
  if (leg !== undefined) return leg;
  throw refusal('call-over', 'This person is not on the call any more.', 'Look who is there.');
}
