import { asLive } from '../core/call.ts';
import { type Participant, PERSON_LABEL, SEAT_LABEL } from '../core/conference.ts';
import { partyAt } from '../core/leg-party.ts';
import type { Leg, Mode, OtherSeat, Seat } from '../core/room.ts';
import { findCall } from '../core/state.ts';
import { roomsOf, serially } from './asking.ts';
import { stopGuard } from './beside-streams.ts';
import { fallToListen, requestMode } from './change-mode.ts';
import { dropSeat, loseSeat, seatJoined } from './seat.ts';
import {
  changedElsewhere,
  coachedGone,
  comingBack,
  nameOf,
  refusal,
  seatGone,
} from './sentences.ts';
import { complain, type Session, setSeat, setView, shutGate } from './session.ts';
import { finish } from './vacating.ts';

/** How often the conference is read while this desk sits in it, in ms. */
const READ_EVERY_MS = 1000;

/** How often while its seat is on the way, in ms. */
const READ_EVERY_JOINING_MS = 300;

/** How often while this desk could be heard in it, in ms. */
const READ_EVERY_OPEN_MS = 500;

/** How long a whisper may go on without a reading that shows who is there, in ms. */
const UNKNOWN_LIMIT_MS = 5000;

/** How long a whisper may stay open without speech, in ms. Source: console.md §6.11. */
const LATCH_LIMIT_MS = 60_000;

/** How far apart a seat is taken anew that was lost, in ms at least. */
const COME_BACK_EVERY_MS = 15_000;

/** How long somebody may be rung who is not listed, in ms: Twilio's longest usual ring and its reserve. */
export const RING_LIMIT_MS = 70_000;

/** Reads the conference again and again while this desk sits in it. */
export function watchSeat(session: Session): void {
  if (session.tick !== null || session.seat === null || session.isOver) return;
  session.tick = session.ports.clock.after(pauseOf(session.seat), () => {
    session.tick = null;
    closeLatched(session);
    closeUnknown(session);
    void readRoom(session);
    watchSeat(session);
  });
}

function pauseOf({ status, confirmed }: Seat): number {
  if (status === 'joining') return READ_EVERY_JOINING_MS;
  return confirmed?.muted === false ? READ_EVERY_OPEN_MS : READ_EVERY_MS;
}

/** Reads the conference, and takes over what is there of everybody who did not change meanwhile. */
export async function readRoom(session: Session): Promise<void> {
  session.readAgain = true;
  if (session.isReading) return;
  session.isReading = true;
  try {
    while (session.readAgain && !session.isOver) {
      session.readAgain = false;
      const { conferenceSid } = session.view;
      if (conferenceSid === null) return;
      const before = new Map(session.touched);
      const there = await roomsOf(session).participants(conferenceSid);
      takeReading(session, there, sid => session.touched.get(sid) === before.get(sid));
    }
  } catch {
    // The next reading tells more; a whisper ends by itself when none comes.
  } finally {
    session.isReading = false;
  }
}

/** Whether a reading is as new as what is known of a leg. */
type IsFresh = (sid: string) => boolean;

/** Takes over who is in the conference, and what is there of this desk's seat. */
function takeReading(
  session: Session,
  participants: readonly Participant[],
  isFresh: IsFresh,
): void {
  if (session.isOver) return;
  session.readAt = session.ports.clock.now();
  const there = participants.filter(({ status }) => status !== 'gone');
  const { seat } = session;
  const sid = seat?.sid != null && isFresh(seat.sid) ? seat.sid : null;
  // What shuts the gate comes first, what opens it again last.
  if (sid !== null) takeSeatFacts(session, sid, there, false);
  if (session.isTold && session.view.shape === 'conference') takeLegs(session, there, isFresh);
  if (sid !== null && !session.isOver) takeSeatFacts(session, sid, there, true);
}

function takeLegs(session: Session, there: readonly Participant[], isFresh: IsFresh): void {
  const { view, seat, ownSeats } = session;
  const known = view.legs.flatMap(leg => (isFresh(leg.sid) ? legNow(session, leg, there) : [leg]));
  const isKnown = new Set(view.legs.map(({ sid }) => sid));
  const isSeat = ({ callSid, label }: Participant): boolean =>
    callSid === seat?.sid || label.startsWith(SEAT_LABEL);
  const added = there
    .filter(each => !isKnown.has(each.callSid) && !isSeat(each) && isFresh(each.callSid))
    .map(each => newLeg(session, each));
  if (added.length > 0) session.ports.look();
  const others = there
    .filter(each => isSeat(each) && each.callSid !== seat?.sid && !ownSeats.has(each.callSid))
    .map(otherSeat);
  setView(session, { ...view, legs: [...known, ...added], others });
  checkCoached(session);
  endIfOver(session);
}

/** Ends a call whose customer left, or in which nobody is left but desks. */
export function endIfOver(session: Session): void {
  if (session.isOver || !session.isTold || session.view.shape !== 'conference') return;
  const { legs } = session.view;
  const isCustomerThere = legs.some(({ role }) => role === 'customer');
  if (legs.length === 0 || (!session.isOwn && !isCustomerThere)) finish(session, 'hung-up-there');
}

function legNow(session: Session, leg: Leg, there: readonly Participant[]): readonly Leg[] {
  const found = there.find(({ callSid }) => callSid === leg.sid);
  if (found !== undefined) {
    const { held, muted, status } = found;
    return [{ ...leg, held, muted, status: status === 'joined' ? 'joined' : 'ringing' }];
  }
  if (leg.status === 'joined') return [];
  const since = session.rung.get(leg.sid) ?? 0;
  return session.ports.clock.now() - since < RING_LIMIT_MS ? [leg] : [];
}

/** Somebody whom others brought in; who it is shows when the account is looked at. */
export function newLeg(
  { ports }: Pick<Session, 'ports'>,
  {
    callSid,
    label,
    held,
    muted,
    status,
  }: Pick<Participant, 'callSid' | 'label' | 'held' | 'muted' | 'status'>,
): Leg {
  const address = label.startsWith(PERSON_LABEL) ? label.slice(PERSON_LABEL.length) : null;
  return {
    sid: callSid,
    party: address === null ? { number: 'anonymous', name: null } : partyAt(address, ports),
    role: 'agent',
    isProgram: false,
    status: status === 'joined' ? 'joined' : 'ringing',
    held,
    muted,
  };
}

function otherSeat({ callSid, label, muted, coaching }: Participant): OtherSeat {
  const spoken: Mode = coaching === null ? 'barge' : 'whisper';
  return {
    sid: callSid,
    name: label.slice(SEAT_LABEL.length),
    mode: muted ? 'listen' : spoken,
  };
}

/** Shuts a whisper whose one hearer is gone or on hold: it must not fall through to others. */
function checkCoached(session: Session): void {
  const sid = session.guard?.callSid;
  if (sid === undefined) return;
  const leg = session.view.legs.find(each => each.sid === sid);
  if (leg === undefined) coachedLeft(session, sid, false);
  else if (leg.held && !session.held.has(sid)) coachedLeft(session, sid, true);
}

/** Who is whispered to is not there any more: nothing more is said, and then Twilio is told. */
export function coachedLeft(session: Session, sid: string, isHeld: boolean): void {
  if (session.guard?.callSid !== sid || session.isOver) return;
  shutGate(session);
  // Whoever is taken out because the call ends for all did not leave a whisper.
  if (session.isEnding) return;
  // It is told from many sides; once is enough.
  void stopGuard(session);
  const party = session.whispersTo ?? { number: 'anonymous', name: null };
  fallToListen(session, 'whisper', coachedGone(party, isHeld));
}

function takeSeatFacts(
  session: Session,
  sid: string,
  there: readonly Participant[],
  mayOpen: boolean,
): void {
  const { seat, trusted, changing } = session;
  if (seat === null) return;
  const found = there.find(({ callSid }) => callSid === sid);
  if (seat.status === 'leaving') {
    if (mayOpen && changing === 0) void serially(session, () => dropSeat(session));
    return;
  }
  if (found === undefined) {
    if (seat.status === 'joined') seatLeft(session);
    return;
  }
  if (seat.status === 'joining' && found.status === 'joined') seatJoined(session);
  if (changing > 0 || trusted === null) return;
  const { muted, coaching } = found;
  const isAsTrusted = muted === trusted.muted && coaching === trusted.coaching;
  if (isAsTrusted || (muted && trusted.muted)) {
    if (mayOpen) setSeat(session, { confirmed: { muted, coaching } });
  } else fallToListen(session, session.mode, changedElsewhere(muted));
}

/** This desk's seat is gone without having been asked to go. */
export function seatLeft(session: Session): void {
  if (session.seat === null || session.seat.status === 'leaving') return;
  const lost = session.mode;
  loseSeat(session);
  if (session.changing > 0 || session.isOver) return;
  if (session.isOwn) comeBack(session, lost);
  else fallToListen(session, lost, seatGone());
}

/** Takes a seat anew in a call of this desk's own, where it is the other party. Not again and again. */
function comeBack(session: Session, lost: Mode): void {
  const now = session.ports.clock.now();
  const isNew = session.cameBackAt === null || now - session.cameBackAt >= COME_BACK_EVERY_MS;
  if (isNew) {
    session.cameBackAt = now;
    void requestMode(session, { mode: 'barge', coached: null }, { because: comingBack() });
  } else fallToListen(session, lost, seatGone());
}

/** Somebody who was rung did not come. */
export function didNotCome(session: Session, leg: Leg): void {
  const { problem } = refusal(
    'refused-by-twilio',
    `${nameOf(leg.party)} did not answer. The others go on.`,
    'Try again, or bring somebody else in.',
  );
  session.rung.delete(leg.sid);
  complain(session, problem);
}

/** A whisper that nobody speaks into closes itself. */
function closeLatched(session: Session): void {
  const { ports, callId } = session;
  const state = ports.state();
  const call = asLive(findCall(state, callId));
  const isLatched =
    session.mode === 'whisper' &&
    state.microphone === callId &&
    call?.muted === false &&
    !state.talkKeyHeld;
  const now = ports.clock.now();
  if (!isLatched) session.latchedAt = null;
  else session.latchedAt ??= now;
  if (session.latchedAt === null) return;
  const spokeAt = ports.lastSpokeAt(callId) ?? 0;
  if (now - Math.max(spokeAt, session.latchedAt) < LATCH_LIMIT_MS) return;
  session.latchedAt = null;
  ports.closeGate(callId);
  ports.emit({ event: 'mute-changed', callId, on: true });
}

/** A whisper of which it is not known any more who hears it is heard by nobody. */
function closeUnknown(session: Session): void {
  if (session.mode !== 'whisper' || session.changing > 0) return;
  if (session.ports.clock.now() - session.readAt > UNKNOWN_LIMIT_MS) shutGate(session);
}
