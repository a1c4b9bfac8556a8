import type { LiveCall } from '../../../electron/core/call.ts';
import type { Leg, Room, Seat } from '../../../electron/core/room.ts';
import type { ConsoleState } from '../../../electron/core/state.ts';
import { consoleState, DANA, liveCall, NOW } from '../console-states.ts';

/** The customer and who serves. */
export const DANA_LEG = leg({ sid: 'CA-dana', party: DANA, role: 'customer' });
export const MARIA_LEG = leg({
  sid: 'CA-maria',
  party: { number: '+14155550133', name: 'Maria Soto' },
});

/** Somebody who serves. */
export function leg(change: Partial<Leg> & Pick<Leg, 'sid' | 'party'>): Leg {
  return {
    role: 'agent',
    isProgram: false,
    status: 'joined',
    held: false,
    muted: false,
    ...change,
  };
}

/** Dana and Maria in a conference that this desk listens to. */
export function room(change: Partial<Room> = {}): Room {
  return {
    shape: 'conference',
    conferenceSid: 'CF-1',
    legs: [DANA_LEG, MARIA_LEG],
    others: [],
    listening: true,
    seat: null,
    requested: null,
    met: change.legs ?? [DANA_LEG, MARIA_LEG],
    ...change,
  };
}

/** A seat that Twilio confirmed to be heard by everybody. */
export function seat(change: Partial<Seat> = {}): Seat {
  return {
    way: 'app',
    sid: 'CA-seat',
    status: 'joined',
    stream: true,
    confirmed: { muted: false, coaching: null },
    ...change,
  };
}

/** A seat that only Maria hears. */
export function coachingSeat(change: Partial<Seat> = {}): Seat {
  return seat({ confirmed: { muted: false, coaching: 'CA-maria' }, ...change });
}

/** A call of others, its microphone closed. */
export function supervisedCall(legs: Partial<Room> = {}, change: Partial<LiveCall> = {}): LiveCall {
  return liveCall({ kind: 'supervised', stream: false, muted: true, room: room(legs), ...change });
}

/** A call that the voice agent Booker serves. */
export function servedCall(
  agent: Partial<NonNullable<LiveCall['agent']>> = {},
  change: Partial<LiveCall> = {},
): LiveCall {
  return liveCall({
    agent: { name: 'Booker', status: 'serving', whispered: false, ...agent },
    ...change,
  });
}

/** A desk with one call that has the microphone. */
export function desk(call: LiveCall, change: Partial<ConsoleState> = {}): ConsoleState {
  return consoleState({ calls: [call], microphone: call.id, ...change });
}

/** A mode that was asked for 0.8 s ago. */
export function requested(mode: NonNullable<Room['requested']>['mode']): Room['requested'] {
  return { mode, since: NOW - 800, speaking: false };
}
