import type { LiveCall, Party } from '../../../electron/core/call.ts';
import { type AccountCall, type Leg, type Room, roomOf } from '../../../electron/core/room.ts';
import { DANA, liveCall, NOW } from '../console-states.ts';

/** An agent, as the account knows her. */
export const MARIA: Party = { number: 'client:maria', name: 'Maria' };

/** Somebody on a call; the customer unless told otherwise. */
export function leg(party: Party, change: Partial<Leg> = {}): Leg {
  return {
    sid: `CA-${party.name ?? party.number}`,
    party,
    role: 'customer',
    isProgram: false,
    status: 'joined',
    held: false,
    muted: false,
    ...change,
  };
}

/** A conference of Dana and Maria that began two minutes ago and that nobody here follows. */
export function accountCall(change: Partial<AccountCall> = {}): AccountCall {
  return {
    sid: 'CA-one',
    shape: 'conference',
    conferenceSid: 'CF-one',
    legs: [leg(DANA), leg(MARIA, { role: 'agent' })],
    others: [],
    direction: 'inbound',
    status: 'live',
    startedAt: NOW - 120_000,
    waiting: null,
    ours: '+14155550100',
    callId: null,
    ...change,
  };
}

/** The same once this desk listens to it. */
export function followedCall(change: Partial<LiveCall> = {}, room: Partial<Room> = {}): LiveCall {
  const { id = 'one' } = change;
  return liveCall({
    id,
    sid: `CA-${id}`,
    kind: 'supervised',
    stream: false,
    room: { ...roomOf(accountCall()), listening: true, ...room },
    ...change,
  });
}
