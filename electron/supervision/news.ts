import { type RoomNews, roomName, SEAT_LABEL } from '../core/conference.ts';
import type { Leg } from '../core/room.ts';
import { guardTold, type MonitorEnd, monitorTold } from './beside-streams.ts';
import { coachedLeft, didNotCome, endIfOver, newLeg, readRoom, seatLeft } from './reading.ts';
import { seatJoined } from './seat.ts';
import { type Session, setLegs, setSeat, setView, shutGate, touch } from './session.ts';
import { finish } from './vacating.ts';

type News<Kind extends RoomNews['kind']> = Extract<RoomNews, { kind: Kind }>;

/** Twilio's words for a leg that is over. Source: Call resource, `status`. */
export const OVER: ReadonlySet<string> = new Set([
  'completed',
  'busy',
  'failed',
  'no-answer',
  'canceled',
]);

/** Whether something that was told is about a session. */
export function isAbout(session: Session, news: RoomNews): boolean {
  switch (news.kind) {
    case 'stream':
      return news.callId === session.callId;
    case 'leg':
      return (
        news.callSid === session.seat?.sid ||
        session.view.legs.some(({ sid }) => sid === news.callSid)
      );
    case 'participant':
    case 'conference-ended':
      return session.view.conferenceSid === null
        ? news.conferenceName === roomName(session.customerSid)
        : news.conferenceSid === session.view.conferenceSid;
  }
}

/** Takes over what Twilio told unasked. Whatever makes fewer hear this desk counts at once. */
export function sessionTold(session: Session, news: RoomNews, end: MonitorEnd): void {
  if (news.kind !== 'stream' && news.kind !== 'conference-ended') touch(session, news.callSid);
  switch (news.kind) {
    case 'participant':
      participantTold(session, news);
      break;
    case 'conference-ended':
      // While the legs of a direct call are on their way its conference may begin again.
      if (isIn(session, news.conferenceSid)) {
        finish(session, 'hung-up-there');
      }
      break;
    case 'leg':
      if (OVER.has(news.status)) legOver(session, news.callSid);
      else void readRoom(session);
      break;
    case 'stream':
      streamTold(session, news, end);
  }
}

/** Whether the call is in a conference. While its legs are on their way, only this desk may be. */
function isIn({ isTold, view }: Session, conferenceSid: string): boolean {
  return isTold && view.shape === 'conference' && view.conferenceSid === conferenceSid;
}

function streamTold(session: Session, news: News<'stream'>, end: MonitorEnd): void {
  switch (news.purpose) {
    case 'monitor':
      monitorTold(session, news, end);
      break;
    case 'guard':
      if (guardTold(session, news)) coachedLeft(session, news.callSid, false);
      break;
    case 'seat':
      seatStreamTold(session, news);
  }
}

function seatStreamTold(session: Session, { on, callSid }: News<'stream'>): void {
  if (!on) shutGate(session);
  const sid = session.seat?.sid ?? null;
  if (sid !== null && sid !== callSid) return;
  setSeat(session, { stream: on });
  // Its leg is in the conference by now, or out of it.
  void readRoom(session);
}

function participantTold(session: Session, news: News<'participant'>): void {
  const { callSid, sequence } = news;
  const last = session.sequences.get(callSid) ?? -1;
  if (sequence <= last) return;
  session.sequences.set(callSid, sequence);
  if (session.view.conferenceSid === null && session.seat !== null) {
    setView(session, { ...session.view, conferenceSid: news.conferenceSid });
  }
  if (callSid === session.seat?.sid) seatTold(session, news.change);
  else if (!session.isTold || news.label.startsWith(SEAT_LABEL)) void readRoom(session);
  else legTold(session, news);
}

function seatTold(session: Session, change: News<'participant'>['change']): void {
  switch (change) {
    case 'joined':
      seatJoined(session);
      return;
    case 'left':
      seatLeft(session);
      return;
    default:
      if (isExpected(session, change)) return;
      if (session.changing > 0) session.doubts += 1;
      else shutGate(session);
      void readRoom(session);
  }
}

/** Whether what was told of the seat is what was confirmed here. A change of coaching is always looked at. */
function isExpected({ trusted }: Session, change: News<'participant'>['change']): boolean {
  if (trusted === null) return false;
  return change === 'muted' ? trusted.muted : change === 'unmuted' && !trusted.muted;
}

function legTold(session: Session, { callSid, label, change }: News<'participant'>): void {
  switch (change) {
    case 'left':
      legGone(session, callSid);
      return;
    case 'joined':
      legJoined(session, callSid, label);
      return;
    case 'held':
      // Put there by others: music is no ear for a whisper, and what comes after it is not known.
      if (!session.held.has(callSid)) coachedLeft(session, callSid, true);
      break;
    case 'unheld':
      changeLeg(session, callSid, leg => ({ ...leg, held: false }));
      break;
    default:
      break;
  }
  void readRoom(session);
}

function legJoined(session: Session, callSid: string, label: string): void {
  session.rung.delete(callSid);
  const isKnown = session.view.legs.some(({ sid }) => sid === callSid);
  if (isKnown) changeLeg(session, callSid, leg => ({ ...leg, status: 'joined' }));
  else {
    const leg = newLeg(session, {
      callSid,
      label,
      held: false,
      muted: false,
      status: 'joined',
    });
    setLegs(session, [...session.view.legs, leg]);
  }
  session.ports.look();
  void readRoom(session);
}

function legOver(session: Session, callSid: string): void {
  session.sequences.set(callSid, Number.POSITIVE_INFINITY);
  if (callSid === session.seat?.sid) seatLeft(session);
  else legGone(session, callSid);
}

/** A leg is gone: who whispered to it is silent before anything else. */
function legGone(session: Session, callSid: string): void {
  const leg = session.view.legs.find(({ sid }) => sid === callSid);
  if (leg === undefined || !session.isTold) return;
  coachedLeft(session, callSid, false);
  session.held.delete(callSid);
  session.parked.delete(callSid);
  // Whoever did not come, or went again, was not handed the call.
  if (session.successor?.number === leg.party.number) session.successor = null;
  setLegs(
    session,
    session.view.legs.filter(({ sid }) => sid !== callSid),
  );
  if (leg.status === 'ringing' && !session.isEnding) didNotCome(session, leg);
  session.ports.look();
  endIfOver(session);
  if (session.view.shape !== 'conference' && callSid === session.customerSid) {
    finish(session, 'hung-up-there');
  }
}

function changeLeg(session: Session, callSid: string, edit: (leg: Leg) => Leg): void {
  setLegs(
    session,
    session.view.legs.map(leg => (leg.sid === callSid ? edit(leg) : leg)),
  );
}
