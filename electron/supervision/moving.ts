import type { Party } from '../core/call.ts';
import { type ListedCall, type Participant, roomName } from '../core/conference.ts';
import type { LineRooms } from '../core/line-rooms.ts';
import type { Leg } from '../core/room.ts';
import { pause, roomsOf } from './asking.ts';
import { namesOf, refusal } from './sentences.ts';
import { complain, type Session, setView, tell, touch } from './session.ts';

/** How long legs may take from their move until they are in the conference, in ms. */
const ARRIVAL_LIMIT_MS = 5000;

/** How often it is looked whether they are, in ms. */
const LOOK_EVERY_MS = 300;

/** Who arrived in a conference. */
type Arrival = {
  readonly conferenceSid: string;
  readonly participants: readonly Participant[];
};

/**
 * Brings the legs of a call into a conference, so that a seat can be taken among them. Those whose
 * `<Dial>` others hang on go last: redirecting a parent drops its child.
 * @throws when nobody was moved; whoever was left behind alone is told as a problem
 */
export async function moveLegs(session: Session): Promise<void> {
  const { callId, view, customerSid, ports } = session;
  if (view.shape === 'conference') return;
  const rooms = roomsOf(session);
  const { calls } = await rooms.read();
  const moved = childrenFirst(view.legs, calls);
  if (moved.length === 0) {
    throw refusal('call-over', 'This call is over, so it was not moved.', 'Look at the list.');
  }
  const arrival = await move(session, roomName(customerSid), moved);
  const there = new Set(arrival.participants.map(({ callSid }) => callSid));
  const legs = view.legs.filter(({ sid }) => there.has(sid));
  setView(session, {
    shape: 'conference',
    conferenceSid: arrival.conferenceSid,
    legs,
    others: [],
  });
  session.onMade();
  tell(session, {
    event: 'room-acted',
    callId,
    act: 'moved',
    whom: legs.map(leg => leg.party),
  });
  const missing = view.legs.filter(({ sid }) => moved.includes(sid) && !there.has(sid));
  if (missing.length > 0) complain(session, leftBehind(missing.map(leg => leg.party)).problem);
  ports.look();
}

/** Sends legs into a conference and waits until they are there, also when the answer was lost. */
export async function move(
  session: Session,
  name: string,
  sids: readonly string[],
): Promise<Arrival> {
  const rooms = roomsOf(session);
  let failure: unknown = null;
  for (const sid of sids) touch(session, sid);
  try {
    await rooms.moveIntoRoom(name, sids);
  } catch (error) {
    failure = error;
  }
  const arrival = await arrived(session, rooms, name, sids);
  for (const sid of sids) touch(session, sid);
  if (arrival !== null) return arrival;
  throw (
    failure ??
    refusal(
      'not-confirmed',
      'Twilio did not confirm in time that the call is a conference. Look whether everybody is still there.',
      'Try again.',
    )
  );
}

/** Waits for all, then for as many as came. Null when none did. */
async function arrived(
  session: Session,
  rooms: LineRooms,
  name: string,
  sids: readonly string[],
): Promise<Arrival | null> {
  const { ports } = session;
  const startedAt = ports.clock.monotonic();
  let last: Arrival | null = null;
  for (;;) {
    last = (await lookInto(rooms, name, sids)) ?? last;
    const isWhole = last !== null && last.participants.length === sids.length;
    const waitedMs = ports.clock.monotonic() - startedAt;
    if (isWhole || waitedMs >= ARRIVAL_LIMIT_MS) return last;
    await pause(ports, LOOK_EVERY_MS);
  }
}

/** Who of some legs is in a conference; null when nobody is, or when it could not be read. */
async function lookInto(
  rooms: LineRooms,
  name: string,
  sids: readonly string[],
): Promise<Arrival | null> {
  try {
    const conferenceSid = await rooms.conferenceNamed(name);
    if (conferenceSid === null) return null;
    const participants = (await rooms.participants(conferenceSid)).filter(
      ({ callSid, status }) => status !== 'gone' && sids.includes(callSid),
    );
    return participants.length === 0 ? null : { conferenceSid, participants };
  } catch {
    return null;
  }
}

/** The legs that are calls of the account, those that hang on others before these. */
function childrenFirst(legs: readonly Leg[], calls: readonly ListedCall[]): readonly string[] {
  const found = legs.flatMap(({ sid }) => calls.find(call => call.sid === sid) ?? []);
  const isParent = (sid: string): boolean => found.some(call => call.parentSid === sid);
  const sids = [...new Set(found.map(({ sid }) => sid))];
  return [...sids.filter(sid => !isParent(sid)), ...sids.filter(isParent)];
}

function leftBehind(parties: readonly Party[]) {
  return refusal(
    'mode-refused',
    `The call is a conference now, but ${namesOf(parties)} did not come along.`,
    'Add them to the call again.',
  );
}
