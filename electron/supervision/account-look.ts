import type { OwnRoom } from '../core/account-calls.ts';
import type { Party } from '../core/call.ts';
import type { AccountCall, Leg, RoomView } from '../core/room.ts';
import { type Session, setView } from './session.ts';
import { finish } from './vacating.ts';

/** How long a reading of the account may be older than what was done to a call here, in ms. */
const LAG_MS = 5000;

/** The call of the account that a session follows. */
function followedBy(
  { callId, customerSid }: Session,
  calls: readonly AccountCall[],
): AccountCall | undefined {
  return calls.find(
    call =>
      call.callId === callId ||
      call.sid === customerSid ||
      call.legs.some(({ sid }) => sid === customerSid),
  );
}

/** What a reading of the account says. */
type AccountLook = {
  readonly calls: readonly AccountCall[];
  /** The calls of this desk's own that are in conferences. */
  readonly own: readonly OwnRoom[];
  /** There are more calls than were read. */
  readonly isCut: boolean;
};

/**
 * Takes over what a reading of the account says of a followed call. While this desk sits in the
 * conference, its own readings of that are newer: then only who the people are is taken.
 */
export function sessionLookedAt(session: Session, { calls, own, isCut }: AccountLook): void {
  const { isOver, isOwn, isTold, changing, seat, view, readAt, ports } = session;
  if (isOver || !isTold || changing > 0) return;
  const found = isOwn
    ? own.find(({ sid }) => sid === session.customerSid)
    : followedBy(session, calls);
  if (found === undefined) {
    // The end of a call of this desk's own is told by the line.
    if (!isOwn && !isCut && seat === null) finish(session, 'hung-up-there');
    return;
  }
  if (seat !== null) {
    setView(session, { ...view, legs: view.legs.map(leg => named(leg, found.legs)) });
    return;
  }
  const wasMoved = view.shape === 'conference' && found.shape !== 'conference';
  if (wasMoved && ports.clock.now() - readAt < LAG_MS) return;
  setView(session, viewOf(found));
}

/** What a call of the account says of its legs. */
export function viewOf({ shape, conferenceSid, legs, others }: RoomView): RoomView {
  return { shape, conferenceSid, legs, others };
}

/** The customer of a call. */
export function customerOf({ legs }: RoomView): Party {
  const customer = legs.find(leg => leg.role === 'customer') ?? legs[0];
  return customer?.party ?? { number: 'anonymous', name: null };
}

function named(leg: Leg, known: readonly Leg[]): Leg {
  const found = known.find(({ sid }) => sid === leg.sid);
  if (found === undefined) return leg;
  const { party, role, isProgram } = found;
  return { ...leg, party, role, isProgram };
}
