import type { Participant } from '../core/conference.ts';
import { roomName, SEAT_LABEL } from '../core/conference.ts';
import type { ProblemError, ProblemKind } from '../core/problem.ts';
import { SEAT_WAYS, type Seat, type SeatWay } from '../core/room.ts';
import { persist, roomsOf } from './asking.ts';
import { problemIn, refusal } from './sentences.ts';
import {
  placeSeat,
  type Session,
  type SupervisionPorts,
  setSeat,
  setView,
  shutGate,
} from './session.ts';

/** How long a seat may take from its request until its sound is connected, in ms: a call is set up in between. */
const SEAT_LIMIT_MS = 10_000;

/** How long when a person must pick up a telephone for it. */
const PHONE_LIMIT_MS = 40_000;

/** Answers that leave no doubt: no seat came of the request. */
const CERTAIN: ReadonlySet<ProblemKind> = new Set([
  'seat-refused',
  'refused-by-twilio',
  'credentials-refused',
  'trial-account',
  'rate-limited',
  'call-over',
  'line-down',
  'not-available',
]);

/**
 * Sees to it that this desk sits in the conference, muted, its sound connected. Never asks for a
 * second seat before the first is known to be gone. @throws when no way leads in
 */
export async function haveSeat(session: Session, isStale: () => boolean): Promise<void> {
  if (session.seat?.status === 'leaving') await dropSeat(session);
  if (session.seat === null) {
    await sweep(session);
    if (isStale()) return;
    await askForSeat(session, session.view.conferenceSid ?? roomName(session.customerSid));
  }
  await untilReady(session, isStale);
}

async function askForSeat(session: Session, conference: string): Promise<void> {
  const { ports, callId } = session;
  const ways = waysOf(ports);
  for (const [index, { way, to }] of ways.entries()) {
    placeSeat(session, { way, ...NEW_SEAT });
    const desk = ports.deskName();
    const stray = session.view.others.map(({ sid }) => sid);
    try {
      const seat = await roomsOf(session).takeSeat(callId, conference, { way, desk, to });
      seated(session, seat);
      return;
    } catch (error) {
      const { kind } = problemIn(error);
      if (!CERTAIN.has(kind)) {
        session.stray = stray;
        roomsOf(session).closeSeat(callId);
        await sweep(session).catch(() => {});
      }
      placeSeat(session, null);
      if (kind !== 'seat-refused' || index === ways.length - 1) throw error;
    }
  }
}

const NEW_SEAT: Omit<Seat, 'way'> = {
  sid: null,
  status: 'joining',
  stream: false,
  confirmed: null,
};

/** The ways that are open to this desk, the best first. */
function waysOf({
  state,
}: SupervisionPorts): readonly { readonly way: SeatWay; readonly to: string | null }[] {
  const { seatWay, seatNumber, seatPhone } = state().settings;
  const numbers: Readonly<Record<SeatWay, string | null>> = {
    app: null,
    number: seatNumber,
    phone: seatPhone,
  };
  const ways = (seatWay === null ? SEAT_WAYS : [seatWay]).map(way => ({ way, to: numbers[way] }));
  const open = ways.filter(({ way, to }) => way === 'app' || to !== null);
  if (open.length > 0) return open;
  throw refusal(
    'seat-refused',
    'This desk is to enter conferences by a telephone number, and none is set. You are still only listening.',
    'Enter the number in the settings, or let Earshot choose the way.',
  );
}

function seated(session: Session, { callSid, conferenceSid, status }: Participant): void {
  session.ownSeats.add(callSid);
  // A telephone is called before there is a conference for it.
  if (conferenceSid !== '' && session.view.conferenceSid !== conferenceSid) {
    setView(session, { ...session.view, conferenceSid });
  }
  const isOverAlready = session.sequences.get(callSid) === Number.POSITIVE_INFINITY;
  if (status === 'gone' || isOverAlready) {
    loseSeat(session);
    return;
  }
  setSeat(session, { sid: callSid });
  if (status === 'joined') seatJoined(session);
}

/** The seat is in the conference. */
export function seatJoined(session: Session): void {
  if (session.seat === null || session.seat.status === 'leaving') return;
  const isPhone = session.seat.way === 'phone';
  setSeat(session, { status: 'joined', ...(isPhone ? { stream: true } : {}) });
}

function untilReady(session: Session, isStale: () => boolean): Promise<void> {
  const isReady = (): boolean => session.seat?.status === 'joined' && session.seat.stream;
  return new Promise<void>((resolve, reject) => {
    const finish = (settle: () => void): void => {
      cancel();
      session.waiters.delete(look);
      settle();
    };
    const look = (): void => {
      if (isReady() || isStale()) finish(resolve);
      else if (session.seat === null) finish(() => reject(notLetIn()));
    };
    const limitMs = session.seat?.way === 'phone' ? PHONE_LIMIT_MS : SEAT_LIMIT_MS;
    const cancel = session.ports.clock.after(limitMs, () =>
      finish(() => {
        // Its sound may never come: it is given up, so that the next request begins anew.
        dropSeat(session).then(() => reject(notInTime(limitMs)), reject);
      }),
    );
    session.waiters.add(look);
    look();
  });
}

function notLetIn(): ProblemError {
  return refusal('seat-refused', 'Your seat in the call ended before it began.', 'Try again.');
}

function notInTime(limitMs: number): ProblemError {
  const seconds = limitMs / 1000;
  return refusal(
    'not-confirmed',
    `Your seat in the call was not ready in ${seconds} s. You are still only listening.`,
    'Try again.',
  );
}

/** Takes the seat out of the conference. It stays `leaving` as long as it is not known to be gone. */
export async function dropSeat(session: Session): Promise<void> {
  const { seat, callId } = session;
  shutGate(session);
  if (seat === null) return;
  setSeat(session, { status: 'leaving', confirmed: null });
  session.ports.rooms()?.closeSeat(callId);
  const { sid } = seat;
  const { conferenceSid } = session.view;
  if (sid === null || conferenceSid === null) {
    placeSeat(session, null);
    return;
  }
  const isOut = await persist(session, () => roomsOf(session).remove(conferenceSid, sid));
  const isOver = await persist(session, () => roomsOf(session).end(sid));
  if (isOut || isOver) placeSeat(session, null);
}

/** The seat is gone by itself. */
export function loseSeat(session: Session): void {
  shutGate(session);
  session.ports.rooms()?.closeSeat(session.callId);
  placeSeat(session, null);
  session.mode = 'listen';
}

/** Takes out what came of a request for a seat whose answer was lost. @throws when it is not known */
export async function sweep(session: Session): Promise<void> {
  const { stray, ports, customerSid } = session;
  if (stray === null) return;
  const rooms = roomsOf(session);
  const sid = session.view.conferenceSid ?? (await rooms.conferenceNamed(roomName(customerSid)));
  const there = sid === null ? [] : await rooms.participants(sid);
  const label = `${SEAT_LABEL}${ports.deskName()}`;
  for (const { callSid, conferenceSid } of there.filter(each => each.label === label)) {
    if (stray.includes(callSid)) continue;
    await rooms.remove(conferenceSid, callSid);
    await rooms.end(callSid);
  }
  session.stray = null;
}
