import type { Call, LiveCall, Party } from './call.ts';
import type { CallEvent } from './events.ts';
import { type Room, type RoomView, roomOf } from './room.ts';

/** Facts about the legs of a call and this desk's part among them. */
type RoomEvent = Extract<
  CallEvent,
  {
    event:
      | 'room-changed'
      | 'listening-changed'
      | 'seat-changed'
      | 'mode-requested'
      | 'mode-confirmed'
      | 'mode-refused'
      | 'agent-changed';
  }
>;

/** The call after something happened to its legs, its seat or its agent. */
export function reduceRoom(call: LiveCall, event: RoomEvent): LiveCall {
  switch (event.event) {
    case 'room-changed':
      return { ...call, room: changed(call.room ?? roomOf(event.room), event.room) };
    case 'listening-changed':
      return inRoom(call, room => ({ ...room, listening: event.on }));
    case 'seat-changed':
      return inRoom(call, room => ({ ...room, seat: event.seat }));
    case 'mode-requested': {
      const { mode, speaking, at } = event;
      const asked = inRoom(call, room => ({ ...room, requested: { mode, since: at, speaking } }));
      // Whoever asks for more ears speaks to them in a second act.
      return speaking ? asked : { ...asked, muted: true };
    }
    case 'mode-confirmed':
    case 'mode-refused':
      return inRoom(silentUntilAct(call), room => ({ ...room, requested: null }));
    case 'agent-changed':
      return { ...call, agent: event.agent };
  }
}

/** Opening the microphone counts only once it is known who hears it: what was done before is undone. */
function silentUntilAct(call: LiveCall): LiveCall {
  return isAwaiting(call) ? { ...call, muted: true } : call;
}

/** Whether a mode is asked for whose answer finds the microphone shut. */
export function isAwaiting({ room }: LiveCall): boolean {
  return room !== null && room.requested !== null && !room.requested.speaking;
}

/** Who took part in a call beside its other side and this desk. */
export function othersOf(call: Call): readonly Party[] {
  if (call.status !== 'live' || call.room === null) return [];
  return call.room.met.filter(leg => leg.sid !== call.sid).map(leg => leg.party);
}

function changed(room: Room, view: RoomView): Room {
  // Those who were met before may have got a name meanwhile.
  const met = new Map([...room.met, ...view.legs].map(leg => [leg.sid, leg]));
  return { ...room, ...view, met: [...met.values()] };
}

function inRoom(call: LiveCall, edit: (room: Room) => Room): LiveCall {
  return call.room === null ? call : { ...call, room: edit(call.room) };
}
