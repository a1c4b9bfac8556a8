import type { Participant, ParticipantChange } from '../core/conference.ts';
import type { LineRooms } from '../core/line-rooms.ts';
import { ProblemError } from '../core/problem.ts';
import { isGone, lineDown } from './sentences.ts';
import { type Session, type SupervisionPorts, touch } from './session.ts';

/** The line's conferences. Throws `line-down`. */
export function roomsOf({ ports }: Session): LineRooms {
  const rooms = ports.rooms();
  if (rooms === null) throw lineDown();
  return rooms;
}

/** Runs a job when all earlier jobs of the session are done. */
export function serially<Result>(session: Session, job: () => Promise<Result>): Promise<Result> {
  const done = session.queue.then(job);
  session.queue = done.then(
    () => {},
    () => {},
  );
  return done;
}

/** Waits. */
export function pause({ clock }: SupervisionPorts, ms: number): Promise<void> {
  return new Promise(resume => clock.after(ms, resume));
}

/**
 * Changes a participant when nothing else is on its way.
 * @param limitMs how long a reply is waited for; null waits as long as the line does @param late what is thrown then
 */
export function changeParticipant(
  session: Session,
  sid: string,
  change: ParticipantChange,
  limitMs: number | null,
  late: () => Error,
): Promise<Participant> {
  let isLate = false;
  const work = session.inFlight.then(() => {
    if (isLate) throw late();
    const { conferenceSid } = session.view;
    if (conferenceSid === null) throw new Error('there is no conference');
    touch(session, sid);
    return roomsOf(session)
      .change(conferenceSid, sid, change)
      .finally(() => touch(session, sid));
  });
  session.inFlight = work.then(
    () => {},
    () => {},
  );
  if (limitMs === null) return work;
  return new Promise((resolve, reject) => {
    const cancel = session.ports.clock.after(limitMs, () => {
      isLate = true;
      reject(late());
    });
    work.finally(cancel).then(resolve, reject);
  });
}

/** How often something that must be done is tried. */
const MOST_TRIES = 10;

/** The pause between two tries, in ms. */
const TRY_AGAIN_MS = 1000;

/** Does what must be done until it is done or what it is about is gone. @returns whether it is */
export async function persist(session: Session, task: () => Promise<unknown>): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    try {
      await task();
      return true;
    } catch (error) {
      if (isGone(error)) return true;
      if (tries === MOST_TRIES) {
        const kind = error instanceof ProblemError ? error.problem.kind : 'fault';
        session.ports.log.warn({ kind }, 'something of a call could not be put right');
        return false;
      }
    }
    await pause(session.ports, TRY_AGAIN_MS);
  }
}
