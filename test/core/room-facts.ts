import type { Party } from '../../electron/core/call.ts';
import type { CallFact } from '../../electron/core/events.ts';
import type { Leg, Room, RoomView, Seat } from '../../electron/core/room.ts';
import { introduction } from '../support/builders.ts';

/** Who is on the calls of others. */
export const DANA: Party = { number: '+14155550111', name: 'Dana Reyes' };
export const MARIA: Party = { number: 'client:maria', name: 'maria' };
export const SAM: Party = { number: '+14155550142', name: 'Sam Ortiz' };

/** A leg that joined. */
export function leg(sid: string, party: Party, change: Partial<Leg> = {}): Leg {
  const role = party === DANA ? 'customer' : 'agent';
  return {
    sid,
    party,
    role,
    isProgram: false,
    status: 'joined',
    held: false,
    muted: false,
    ...change,
  };
}

/** Dana is served by Maria in a conference. */
export function roomView(change: Partial<RoomView> = {}): RoomView {
  const legs = [leg('CAa', DANA), leg('CAmaria', MARIA)];
  return { shape: 'conference', conferenceSid: 'CF1', legs, others: [], ...change };
}

/** A seat that joined with its sound, muted. */
export function seat(change: Partial<Seat> = {}): Seat {
  const confirmed = { muted: true, coaching: null };
  return { way: 'app', sid: 'CAseat', status: 'joined', stream: true, confirmed, ...change };
}

/** What the seat does, as Twilio confirmed it. */
export const WHISPERING = seat({ confirmed: { muted: false, coaching: 'CAmaria' } });
export const BARGING = seat({ confirmed: { muted: false, coaching: null } });

/** Dana and Maria, heard and not spoken to. */
export function room(change: Partial<Room> = {}): Room {
  const view = { ...roomView(), ...change };
  return { listening: true, seat: null, requested: null, met: view.legs, ...view };
}

/** The facts that let this desk listen to Dana and Maria. */
export function followedFacts(callId: string): CallFact[] {
  const legs = [leg(`CA${callId}`, DANA), leg('CAmaria', MARIA)];
  return [
    {
      event: 'call-followed',
      ...introduction(callId),
      kind: 'supervised',
      startedAt: 500,
      room: roomView({ legs }),
    },
    { event: 'listening-changed', callId, on: true },
  ];
}
