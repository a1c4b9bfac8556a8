import type { Leg, Room } from '../../electron/core/room.ts';

/** Whom of a call with legs this desk hears, and who is there and not heard. */
export type HeardLegs = { readonly heard: readonly Leg[]; readonly missing: readonly Leg[] };

/**
 * Who is heard here. A seat brings the whole conference, without those on hold and those muted; the
 * stream beside the customer's leg brings the customer always, and the others as the customer hears them.
 */
export function heardLegs(room: Room): HeardLegs {
  const there = room.legs.filter(leg => leg.status === 'joined');
  const customer = there.find(leg => leg.role === 'customer');
  const bySeat = room.seat?.stream === true;
  const isHeard = (leg: Leg): boolean => {
    if (!bySeat && !room.listening) return false;
    if (!bySeat && leg === customer) return true;
    if (!bySeat && customer?.held === true) return false;
    return !leg.held && !leg.muted;
  };
  return { heard: there.filter(isHeard), missing: there.filter(leg => !isHeard(leg)) };
}
