import type { EndReason } from '../core/call.ts';
import { persist, serially } from './asking.ts';
import { stopGuard, stopMonitor } from './beside-streams.ts';
import { silence } from './change-mode.ts';
import { release } from './confirmed.ts';
import { dropSeat, sweep } from './seat.ts';
import { complain, type Session, shutGate, tell, wake } from './session.ts';

/**
 * Leaves nothing of this desk in a call: silent first, then everybody it held is let go, then its
 * seat is taken out and its streams end. What fails is tried again for a while.
 */
export function vacate(session: Session): Promise<void> {
  session.generation += 1;
  wake(session);
  session.changing += 1;
  return serially(session, async () => {
    await silence(session, () => false);
    for (const sid of [...session.held, ...session.parked]) await release(session, sid);
    await dropSeat(session);
    await persist(session, () => sweep(session));
    await stopGuard(session);
    await stopMonitor(session);
    session.tick?.();
    session.tick = null;
    session.onGone();
  });
}

/** Ends this desk's part in a call: here at once, at Twilio as soon as it answers. */
export function finish(session: Session, reason: EndReason): void {
  if (session.isOver || (session.isEnding && reason === 'hung-up-there')) return;
  const { callId } = session;
  shutGate(session);
  if (session.seat !== null) tell(session, { event: 'seat-changed', callId, seat: null });
  if (session.listening) tell(session, { event: 'listening-changed', callId, on: false });
  complain(session, null);
  tell(session, { event: 'call-ended', callId, reason });
  session.isOver = true;
  void vacate(session);
}
