import { asLive } from '../core/call.ts';
import { roomName } from '../core/conference.ts';
import type { RoomView } from '../core/room.ts';
import { findCall } from '../core/state.ts';
import { serially } from './asking.ts';
import { takeSteps } from './change-mode.ts';
import { move } from './moving.ts';
import { readRoom } from './reading.ts';
import { haveSeat } from './seat.ts';
import { refusal } from './sentences.ts';
import { type Session, tell } from './session.ts';
import { vacate } from './vacating.ts';

/**
 * Makes a conference of a direct call of this desk. The seat is taken and confirmed before anybody
 * is moved: until then the call goes on by its own stream, and when anything fails it just stays so.
 * The person goes on speaking: the microphone stays as it was.
 */
export function promote(session: Session): Promise<void> {
  return serially(session, async () => {
    const { callId } = session;
    session.changing += 1;
    try {
      const wish = { mode: 'barge', coached: null } as const;
      const isStale = (): boolean => session.isOver;
      await haveSeat(session, isStale);
      await takeSteps(session, wish, isStale);
      if (isStale()) throw refusal('call-over', 'This call is over.', 'Look at the history.');
      session.onMade();
      session.view = { ...session.view, ...(await moved(session)) };
    } catch (error) {
      session.isOver = true;
      void vacate(session);
      throw error;
    } finally {
      session.changing -= 1;
    }
    session.mode = 'barge';
    session.isTold = true;
    const { seat } = session;
    tell(session, { event: 'room-changed', callId, room: session.view });
    tell(session, { event: 'seat-changed', callId, seat });
    tell(session, { event: 'mode-requested', callId, mode: 'barge', speaking: true });
    const whom = session.view.legs.map(leg => leg.party);
    tell(session, { event: 'mode-confirmed', callId, mode: 'barge', whom });
    tell(session, { event: 'room-acted', callId, act: 'moved', whom });
    session.ports.look();
    void readRoom(session);
  });
}

/**
 * Moves the other side to the seat that waits for it. Whoever left this desk's stream is on the way there,
 * whatever Twilio answered: then the seat must not be given up, or they would find silence.
 */
async function moved(session: Session): Promise<Pick<RoomView, 'conferenceSid' | 'legs'>> {
  const { customerSid, callId, ports } = session;
  try {
    const { conferenceSid } = await move(session, roomName(customerSid), [customerSid]);
    return { conferenceSid, legs: session.view.legs };
  } catch (error) {
    const call = asLive(findCall(ports.state(), callId));
    const { conferenceSid, legs } = session.view;
    if (call === null || call.stream || conferenceSid === null || session.isOver) throw error;
    session.rung.set(customerSid, ports.clock.now());
    return { conferenceSid, legs: legs.map(leg => ({ ...leg, status: 'ringing' })) };
  }
}
