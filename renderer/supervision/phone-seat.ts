import type { LiveCall } from '../../electron/core/call.ts';
import { hearersOf, type Leg, type Room, type Seat } from '../../electron/core/room.ts';
import type { Settings } from '../../electron/core/settings.ts';

/** Whether this desk's part in a call is the supervisor's own telephone: Earshot's microphone has none in it. */
export function isByPhone(call: Pick<LiveCall, 'room'>): boolean {
  return call.room?.seat?.way === 'phone';
}

/** Whether a speaking mode goes by the telephone: it is the seat, or the settings want it to be. */
export function wouldBeByPhone(
  { room }: Pick<LiveCall, 'room'>,
  { seatWay }: Pick<Settings, 'seatWay'>,
): boolean {
  const { way } = room?.seat ?? { way: seatWay };
  return way === 'phone' && room !== null;
}

/** Who hears the telephone of a call, by what Twilio confirmed alone. Nobody where it is none. */
export function hearersOfPhone(room: Room): readonly Leg[] {
  return room.seat?.way === 'phone' ? hearersOf(room) : [];
}

/** Whether nobody knows who hears the telephone: Earshot cannot shut it, only Twilio's word tells. */
export function isPhoneInDoubt({ seat }: Room): boolean {
  return seat?.way === 'phone' && seat.status !== 'joining' && seat.confirmed === null;
}

/** Whether the telephone rings and somebody must pick it up. */
export function isPhoneRinging({ seat }: { readonly seat: Seat | null }): boolean {
  return seat?.way === 'phone' && seat.status === 'joining';
}
