import type { RoomNews } from '../core/conference.ts';
import type { Problem, ProblemKind } from '../core/problem.ts';
import { pause, persist, roomsOf } from './asking.ts';
import { problemIn, streamRefused } from './sentences.ts';
import { type BesideStream, complain, type Session, tell } from './session.ts';

type StreamNews = Extract<RoomNews, { kind: 'stream' }>;

/** The pause before a stream that broke off is begun again, in ms. */
const AGAIN_AFTER_MS = 1000;

/** Failures that are over after a while. */
const PASSING: ReadonlySet<ProblemKind> = new Set([
  'twilio-unreachable',
  'rate-limited',
  'call-uncertain',
  'line-down',
]);

const BROKE_OFF: Problem = {
  kind: 'stream-refused',
  message: 'The sound of this call broke off.',
  remedy: 'Listen again.',
};

/** How often in a row a stream that breaks off is begun again. */
const MOST_STARTS = 3;

/** What becomes of a call that cannot be heard beside it. */
export type MonitorEnd = {
  /** Its leg is over. */
  readonly gone: () => void;
  /** Twilio does not let it be heard. */
  readonly refused: (cause: Problem) => void;
};

/** Hears both sides of a call by a stream beside the customer's leg. Nobody on the call notices. */
export async function startMonitor(session: Session, end: MonitorEnd): Promise<void> {
  if (session.monitor !== null || session.isOver) return;
  const callSid = monitoredLeg(session);
  const stream: BesideStream = { callSid, streamSid: null };
  session.monitor = stream;
  try {
    const streamSid = await roomsOf(session).startStream(session.callId, callSid, 'monitor');
    stream.streamSid = streamSid;
    if (session.monitor !== stream || session.isOver) await stop(session, stream);
  } catch (error) {
    // Told before its reply was lost.
    if (stream.streamSid !== null) return;
    if (session.monitor === stream) session.monitor = null;
    if (session.isOver) return;
    const problem = problemIn(error);
    if (problem.kind === 'call-over') end.gone();
    else if (PASSING.has(problem.kind)) void startAgain(session, problem, end);
    else refuse(session, problem, end);
  }
}

/** Takes over what was told of the stream beside the call. */
export function monitorTold(session: Session, news: StreamNews, end: MonitorEnd): void {
  const { callSid, streamSid } = news;
  if (session.isOver) {
    if (news.on) void stop(session, { callSid, streamSid });
    return;
  }
  // The reply that named it may have been lost.
  if (session.monitor === null && news.on) session.monitor = { callSid, streamSid };
  const { monitor } = session;
  if (monitor === null) return;
  if (monitor.streamSid !== null && monitor.streamSid !== streamSid) {
    if (news.on) void stop(session, { callSid, streamSid });
    return;
  }
  if (news.on) {
    monitor.streamSid = streamSid;
    setListening(session, true);
    return;
  }
  session.monitor = null;
  setListening(session, false);
  if (news.error !== null) refuse(session, { ...BROKE_OFF, code: news.error }, end);
  else void startAgain(session, BROKE_OFF, end);
}

/** Takes over what was told of the stream beside a leg that is watched. @returns whether that leg is over */
export function guardTold(session: Session, { callSid, streamSid, on }: StreamNews): boolean {
  const { guard } = session;
  if (guard?.callSid === callSid && (guard.streamSid ?? streamSid) === streamSid) {
    guard.streamSid = streamSid;
    return !on;
  }
  if (on) void stop(session, { callSid, streamSid });
  return false;
}

/** Ends the stream beside the call. */
export async function stopMonitor(session: Session): Promise<void> {
  const { monitor } = session;
  session.monitor = null;
  setListening(session, false);
  if (monitor !== null) await stop(session, monitor);
}

/** Watches the end of a leg by a stream beside it, which is told before any callback. @throws when there is none */
export async function startGuard(session: Session, callSid: string): Promise<void> {
  const guard: BesideStream = { callSid, streamSid: null };
  session.guard = guard;
  try {
    guard.streamSid = await roomsOf(session).startStream(session.callId, callSid, 'guard');
  } catch (error) {
    if (session.guard === guard) await stopGuard(session);
    throw error;
  }
  if (session.guard !== guard) await stop(session, guard);
}

/** Watches no leg any more. */
export async function stopGuard(session: Session): Promise<void> {
  const { guard } = session;
  session.guard = null;
  if (guard !== null) await stop(session, guard);
}

async function stop(session: Session, { callSid, streamSid }: BesideStream): Promise<void> {
  if (streamSid === null) return;
  await persist(session, async () => roomsOf(session).stopStream(callSid, streamSid));
}

/** A stream ends by itself when its leg is moved or over; which it was shows when it is begun again. */
async function startAgain(session: Session, cause: Problem, end: MonitorEnd): Promise<void> {
  session.monitorStarts += 1;
  if (session.monitorStarts > MOST_STARTS) {
    refuse(session, cause, end);
    return;
  }
  await pause(session.ports, AGAIN_AFTER_MS);
  await startMonitor(session, end);
}

function refuse(session: Session, cause: Problem, end: MonitorEnd): void {
  complain(session, streamRefused(cause, session.view.shape === 'conference'));
  end.refused(cause);
}

/** The customer's leg, or else the first. */
function monitoredLeg({ view, customerSid }: Session): string {
  const customer = view.legs.find(leg => leg.role === 'customer') ?? view.legs[0];
  return customer?.sid ?? customerSid;
}

function setListening(session: Session, on: boolean): void {
  if (session.listening === on) return;
  session.listening = on;
  if (on) session.monitorStarts = 0;
  tell(session, { event: 'listening-changed', callId: session.callId, on });
}
