import type { Participant } from '../core/conference.ts';
import { type Problem, ProblemError } from '../core/problem.ts';
import { hearersOf, type Mode, needsConference } from '../core/room.ts';
import { changeParticipant, roomsOf, serially } from './asking.ts';
import { startGuard, stopGuard } from './beside-streams.ts';
import { noteReply, REPLY_LIMIT_MS, release } from './confirmed.ts';
import { changeOf, isConfirmed, type ModeStep, type ModeWish, stepsTo } from './mode-change.ts';
import { moveLegs } from './moving.ts';
import { saidBefore } from './said-before.ts';
import { dropSeat, haveSeat, loseSeat } from './seat.ts';
import { isGone, modeRefused, notConfirmed, otherwise, refusal } from './sentences.ts';
import {
  complain,
  roomWhenConfirmed,
  type Session,
  setLegs,
  setSeat,
  setView,
  shutGate,
  tell,
  wake,
} from './session.ts';

/** How a mode is asked for. */
export type WishOptions = {
  /** Take a seat even to listen: the call cannot be heard otherwise. */
  readonly bySeat?: boolean;
  /** Why the desk goes back to listening by itself: stands until the next mode. */
  readonly because?: Problem;
};

/**
 * Asks for a mode: shuts the gate now, then changes the seat in the safe order. What was asked
 * before stops at its next step. Resolves when the mode is confirmed, refused or overtaken.
 */
export function requestMode(
  session: Session,
  wish: ModeWish,
  options: WishOptions = {},
): Promise<void> {
  session.generation += 1;
  const { generation } = session;
  session.changing += 1;
  session.latchedAt = null;
  shutGate(session);
  const { callId } = session;
  tell(session, { event: 'mode-requested', callId, mode: wish.mode, speaking: false });
  wake(session);
  const isStale = (): boolean => generation !== session.generation || session.isOver;
  return serially(session, async () => {
    try {
      if (!isStale()) await perform(session, wish, options, isStale);
    } finally {
      session.changing -= 1;
    }
  });
}

async function perform(
  session: Session,
  wish: ModeWish,
  options: WishOptions,
  isStale: () => boolean,
): Promise<void> {
  try {
    if (wish.mode === 'listen') await leaveEmptyRoom(session);
    if (wish.mode !== 'listen' || session.seat !== null || options.bySeat === true) {
      if (needsConference(session.view, wish.mode)) await makeRoom(session, isStale);
      await haveSeat(session, isStale);
      await takeSteps(session, wish, isStale);
    } else {
      for (const sid of session.held) await release(session, sid);
      await stopGuard(session);
    }
    if (!isStale()) confirm(session, wish, options.because ?? null);
  } catch (error) {
    if (isStale()) {
      // What the newer request begins with puts it right.
      setSeat(session, { confirmed: null });
      return;
    }
    await fallBack(session, wish.mode, error, isStale);
  }
}

/** Brings the legs into a conference. Whoever is moved alone must find this desk there, not silence. */
async function makeRoom(session: Session, isStale: () => boolean): Promise<void> {
  if (session.view.shape === 'alone') await haveSeat(session, isStale);
  if (!isStale()) await moveLegs(session);
}

/** Gives up a seat in a conference into which nobody was moved. */
async function leaveEmptyRoom(session: Session): Promise<void> {
  if (session.view.shape === 'conference' || session.seat === null) return;
  await dropSeat(session);
  setView(session, { ...session.view, conferenceSid: null });
}

/** Brings the seat to a mode, step by step, each confirmed. @throws when a step is not */
export async function takeSteps(
  session: Session,
  wish: ModeWish,
  isStale: () => boolean,
): Promise<void> {
  let doubts = session.doubts;
  for (const step of stepsTo(factsOf(session), wish)) {
    if (isStale()) return;
    if (step.do === 'mute' || step.do === 'unmute') doubts = session.doubts;
    await take(session, step, wish, REPLY_LIMIT_MS);
  }
  while (doubts !== session.doubts && !isStale()) {
    doubts = session.doubts;
    await checkSeat(session, wish);
  }
}

/** Reads the seat as it is, after something was told of it that does not fit. */
async function checkSeat(session: Session, wish: ModeWish): Promise<void> {
  const { seat, view } = session;
  if (seat === null || view.conferenceSid === null) throw refusal('call-over', GONE, AGAIN);
  const there = await roomsOf(session).participants(view.conferenceSid);
  const found = there.find(({ callSid }) => callSid === seat.sid);
  if (found === undefined) throw refusal('call-over', GONE, AGAIN);
  const isSilent = wish.mode === 'listen';
  if (found.muted !== isSilent || (!isSilent && found.coaching !== wish.coached)) {
    throw otherwise(wish.mode);
  }
}

const GONE = 'Your seat in the call is gone.';
const AGAIN = 'Try again.';

/** Takes one step. @param limitMs how long its reply is waited for; null: as long as the line waits */
async function take(
  session: Session,
  step: ModeStep,
  wish: ModeWish,
  limitMs: number | null,
): Promise<void> {
  switch (step.do) {
    case 'settle':
      // A seat that nobody was told of was never spoken in: the call still goes on by its own stream.
      return session.isTold ? saidBefore(session, 'You are still only listening.') : undefined;
    case 'guard':
      session.whispersTo = session.view.legs.find(leg => leg.sid === step.sid)?.party ?? null;
      return startGuard(session, step.sid);
    case 'unguard':
      // The mode does not wait for the end of a stream that only watches.
      void stopGuard(session);
      return;
    default:
      return ask(session, step, wish, limitMs);
  }
}

async function ask(
  session: Session,
  step: ModeStep,
  { mode, coached }: ModeWish,
  limitMs: number | null,
): Promise<void> {
  const seatSid = session.seat?.sid ?? '';
  const asked = changeOf(step, seatSid);
  if (asked === null) return;
  if (asked.sid === '') throw refusal('call-over', GONE, AGAIN);
  // Once it is asked for it may be so, whether a reply comes or not.
  if (step.do === 'hold') session.held.add(step.sid);
  const late = (): Error => notConfirmed(mode, REPLY_LIMIT_MS / 1000);
  let reply: Participant;
  try {
    reply = await changeParticipant(session, asked.sid, asked.change, limitMs, late);
  } catch (error) {
    if (asked.sid === seatSid || !isGone(error)) throw error;
    // A leg that left needs no hold, and no end of it.
    session.held.delete(asked.sid);
    setLegs(
      session,
      session.view.legs.filter(leg => leg.sid !== asked.sid),
    );
    return;
  }
  if (!isConfirmed(step, reply, coached)) throw otherwise(mode);
  noteReply(session, seatSid, reply);
}

function confirm(session: Session, { mode, coached }: ModeWish, standing: Problem | null): void {
  const whom = hearersOf(roomWhenConfirmed(session));
  const isCoachedThere = mode !== 'whisper' || session.guard?.callSid === coached;
  if (mode !== 'listen' && (whom.length === 0 || !isCoachedThere)) {
    throw refusal(
      'mode-refused',
      'Nobody is there who would hear you.',
      'Look who is on the call.',
    );
  }
  session.mode = mode;
  const { callId } = session;
  tell(session, {
    event: 'mode-confirmed',
    callId,
    mode,
    whom: whom.map(leg => leg.party),
  });
  complain(session, standing);
}

/** Goes back to listening without being asked to, and says why. @param lost the mode that is over */
export function fallToListen(session: Session, lost: Mode, because: Problem): void {
  shutGate(session);
  setSeat(session, { confirmed: null });
  if (lost !== 'listen') {
    tell(session, {
      event: 'mode-refused',
      callId: session.callId,
      mode: lost,
      problem: because,
    });
  }
  complain(session, because);
  void requestMode(session, { mode: 'listen', coached: null }, { because });
}

/** A step was not confirmed: nobody hears this desk, whatever became of it, until the truth is known. */
async function fallBack(
  session: Session,
  mode: Mode,
  error: unknown,
  isStale: () => boolean,
): Promise<void> {
  shutGate(session);
  setSeat(session, { confirmed: null });
  const { callId } = session;
  const problem = modeRefused(mode, problemOf(session, error));
  tell(session, { event: 'mode-refused', callId, mode, problem });
  complain(session, problem);
  if (session.seat !== null) await silence(session, isStale);
  if (!isStale()) await leaveEmptyRoom(session);
  if (isStale() || session.mode === 'listen') return;
  session.mode = 'listen';
  tell(session, { event: 'mode-confirmed', callId, mode: 'listen', whom: [] });
}

/** What failed, as a problem. A fault of ours must not leave a mode asked for that nobody works on. */
function problemOf({ ports }: Session, error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  ports.log.error({ err: error }, 'a mode could not be changed');
  return FAULT;
}

const FAULT: Problem = {
  kind: 'not-available',
  message: 'Earshot failed.',
  remedy: 'Read the log, then try again.',
};

/**
 * Goes back to listening whatever it takes: when not even that is confirmed the seat is given up,
 * for who sits in no conference is heard by nobody.
 */
export async function silence(session: Session, isStale: () => boolean): Promise<void> {
  await session.inFlight;
  const listen: ModeWish = { mode: 'listen', coached: null };
  for (const step of stepsTo(factsOf(session), listen)) {
    if (isStale()) return;
    if (session.seat === null && (step.do === 'mute' || step.do === 'coach')) continue;
    try {
      await take(session, step, listen, null);
    } catch {
      if (step.do === 'mute' && !(await isSilent(session))) await dropSeat(session);
      if (step.do === 'unhold') await release(session, step.sid);
    }
  }
}

/** Whether the seat is muted or gone, by Twilio's word. */
async function isSilent(session: Session): Promise<boolean> {
  const { seat, view } = session;
  if (seat === null || view.conferenceSid === null) return true;
  try {
    const there = await roomsOf(session).participants(view.conferenceSid);
    const found = there.find(({ callSid }) => callSid === seat.sid);
    if (found === undefined) loseSeat(session);
    else if (found.muted) noteReply(session, seat.sid, found);
    return found === undefined || found.muted;
  } catch {
    return false;
  }
}

function factsOf({ view, held, guard }: Session) {
  return { legs: view.legs, held: [...held], guarded: guard?.callSid ?? null };
}
