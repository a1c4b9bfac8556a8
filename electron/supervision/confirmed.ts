import type { Participant } from '../core/conference.ts';
import { changeParticipant, persist } from './asking.ts';
import { notConfirmed, otherwise } from './sentences.ts';
import { type Session, setLegs, setSeat } from './session.ts';

/** How long a reply of Twilio may take before a person is told that it did not come, in ms. Source: console.md §6.2. */
export const REPLY_LIMIT_MS = 3000;

/** Takes over what a reply says of a participant. @param seatSid this desk's own leg; null when it is of somebody else */
export function noteReply(session: Session, seatSid: string | null, reply: Participant): void {
  const { callSid, muted, coaching, held } = reply;
  if (callSid === seatSid) {
    setSeat(session, { confirmed: { muted, coaching } });
    return;
  }
  if (!held) session.held.delete(callSid);
  const { legs } = session.view;
  setLegs(
    session,
    legs.map(leg => (leg.sid === callSid ? { ...leg, held, muted } : leg)),
  );
}

/** Lets a leg out of the hold this desk put it in, until it is out or gone. */
export async function release(session: Session, sid: string): Promise<void> {
  const late = (): Error => notConfirmed('listen', REPLY_LIMIT_MS / 1000);
  const isDone = await persist(session, async () => {
    const reply = await changeParticipant(session, sid, { hold: false }, null, late);
    if (reply.held) throw otherwise('listen');
    noteReply(session, null, reply);
  });
  if (isDone) session.held.delete(sid);
}
