import type { OwnRoom } from '../core/account-calls.ts';
import { asLive, type CallId, isTalk, type LiveCall } from '../core/call.ts';
import type { RoomNews } from '../core/conference.ts';
import type { AccountCall, Leg } from '../core/room.ts';
import { type ConsoleState, findCall } from '../core/state.ts';
import { customerOf, viewOf } from './account-look.ts';
import { type MonitorEnd, startMonitor } from './beside-streams.ts';
import { requestMode } from './change-mode.ts';
import type { Keeping } from './keeping.ts';
import { holdCustomers } from './people.ts';
import { promote } from './promoting.ts';
import { watchSeat } from './reading.ts';
import { lineDown, streamRefused, wrongState } from './sentences.ts';
import { newSession, type Session, type SupervisionPorts, tell } from './session.ts';
import { finish } from './vacating.ts';

/** The calls this desk has a part in beside their own stream. */
type Sessions = {
  readonly sessions: ReadonlyMap<CallId, Session>;
  /** Sessions that are over, until nothing of them is left. */
  readonly leaving: ReadonlySet<Session>;
  /** Follows a call of others from here on. @throws `wrong-call-state` while it rings */
  readonly follow: (call: AccountCall) => CallId;
  /** Goes back to only hearing a call. */
  readonly listenAgain: (session: Session) => CallId;
  /** @throws `wrong-call-state` when this desk has no part in the call */
  readonly sessionOf: (callId: CallId) => Session;
  readonly sessionOfCall: (call: AccountCall) => Session | undefined;
  /** The session of a call; a direct call without one becomes a conference first. */
  readonly inConference: (callId: CallId) => Promise<Session>;
  /** Takes part again in own calls that an earlier run left in a conference. @param rooms own calls, by their customers */
  readonly findAgain: (rooms: readonly OwnRoom[]) => void;
  /** What becomes of a session that cannot be heard beside the call. */
  readonly monitorEnd: (session: Session) => MonitorEnd;
  /** Ends a stream that came after all, when its call is left already. */
  readonly dropStray: (news: RoomNews) => void;
  /** Counts a session among those that leave. */
  readonly over: (session: Session) => void;
};

/** A live call of the state. @throws `wrong-call-state` */
export function liveCall(state: ConsoleState, callId: CallId): LiveCall {
  const call = asLive(findCall(state, callId));
  if (call !== null) return call;
  throw wrongState('This call is not live.', 'Look at the call’s status first.');
}

/** Builds an empty set of sessions. */
export function createSessions(ports: SupervisionPorts, keeping: Pick<Keeping, 'keep'>): Sessions {
  const { state, emit } = ports;
  const sessions = new Map<CallId, Session>();
  const leaving = new Set<Session>();

  const over = (session: Session): void => {
    if (sessions.get(session.callId) !== session) return;
    sessions.delete(session.callId);
    leaving.add(session);
  };
  const begin = (
    start: Pick<Session, 'callId' | 'customerSid' | 'isOwn' | 'view' | 'isTold'>,
  ): Session => {
    const session = newSession(ports, start);
    // Whoever comes back waits until what was left of the last time is gone: never two seats.
    const last = [...leaving].filter(each => each.customerSid === start.customerSid);
    session.queue = Promise.all(last.map(({ queue }) => queue)).then(() => {});
    session.waiters.add(() => {
      watchSeat(session);
      if (session.isOver) over(session);
    });
    session.onMade = () => keeping.keep(session);
    session.onGone = () => leaving.delete(session);
    sessions.set(session.callId, session);
    return session;
  };

  const monitorEnd = (session: Session): MonitorEnd => ({
    gone: () => {
      if (session.view.shape === 'conference') ports.look();
      else finish(session, 'hung-up-there');
    },
    refused: cause => {
      const { view, seat, isOver } = session;
      if (view.shape !== 'conference' || seat !== null || isOver) return;
      const because = streamRefused(cause, true);
      void requestMode(session, { mode: 'listen', coached: null }, { bySeat: true, because });
    },
  });
  const hear = (session: Session): void => {
    if (!session.isOwn) void startMonitor(session, monitorEnd(session));
  };

  const sessionOfCall = ({ sid, callId }: AccountCall): Session | undefined =>
    (callId === null ? undefined : sessions.get(callId)) ??
    [...sessions.values()].find(({ customerSid }) => customerSid === sid);

  const listenAgain = (session: Session): CallId => {
    const isSilent = session.seat === null && session.changing === 0 && session.mode === 'listen';
    if (!isSilent) void requestMode(session, { mode: 'listen', coached: null });
    hear(session);
    return session.callId;
  };

  return {
    sessions,
    leaving,
    over,
    monitorEnd,
    sessionOfCall,
    listenAgain,
    follow: call => {
      const known = sessionOfCall(call);
      if (known !== undefined) return listenAgain(known);
      if (call.status === 'ringing') {
        throw wrongState('This call still rings: there is nothing to hear.', 'Wait for an answer.');
      }
      if (ports.rooms() === null) throw lineDown();
      const callId = ports.newId();
      const view = viewOf(call);
      emit({
        event: 'call-followed',
        callId,
        callSid: call.sid,
        direction: call.direction,
        them: customerOf(call),
        ours: call.ours ?? state().line.number ?? '',
        kind: 'supervised',
        startedAt: call.startedAt,
        room: view,
      });
      hear(begin({ callId, customerSid: call.sid, isOwn: false, view, isTold: true }));
      return callId;
    },
    sessionOf: callId => {
      const session = sessions.get(callId);
      if (session?.isTold === true) return session;
      throw wrongState('This desk does not supervise this call.', 'Listen to it first.');
    },
    inConference: async callId => {
      const known = sessions.get(callId);
      if (known?.isTold === true) return known;
      if (known !== undefined) throw wrongState('This call is being moved.', 'Wait a moment.');
      const leg = promotable(state(), callId);
      const view = { shape: 'conference', conferenceSid: null, legs: [leg], others: [] } as const;
      const session = begin({ callId, customerSid: leg.sid, isOwn: true, view, isTold: false });
      try {
        await promote(session);
      } catch (error) {
        over(session);
        throw error;
      }
      // It may have been put on hold, or taken from it, meanwhile.
      const isHeld = asLive(findCall(state(), callId))?.heldAt ?? null;
      if (isHeld !== null) await holdCustomers(session, true);
      return session;
    },
    findAgain: rooms => {
      for (const { conferenceSid, legs, others, sid, shape } of rooms) {
        const call = state().calls.find(each => each.sid === sid);
        const isApart = call?.status === 'live' && isTalk(call) && !call.stream && !call.room;
        const isWithOthers = legs.some(leg => leg.sid !== sid && leg.status === 'joined');
        if (!isApart || !isWithOthers || sessions.has(call.id)) continue;
        const view = { shape, conferenceSid, legs, others };
        const session = begin({
          callId: call.id,
          customerSid: sid,
          isOwn: true,
          view,
          isTold: true,
        });
        // Whom the earlier run put on hold is let go when this desk leaves.
        for (const leg of legs) if (leg.held) session.parked.add(leg.sid);
        tell(session, { event: 'room-changed', callId: call.id, room: view });
        session.onMade();
      }
    },
    dropStray: news => {
      if (news.kind !== 'stream' || !news.on) return;
      const rooms = ports.rooms();
      if (news.purpose === 'seat') rooms?.closeSeat(news.callId);
      // It ends with its leg at the latest.
      else rooms?.stopStream(news.callSid, news.streamSid).catch(() => {});
    },
  };
}

/** The leg of the other side of a direct call that may become a conference. */
function promotable(state: ConsoleState, callId: CallId): Leg {
  const call = liveCall(state, callId);
  if (call.kind !== 'direct' || call.carrier !== 'stream' || call.sid === null) {
    throw wrongState('This call cannot become a conference.', 'Choose a call with sound.');
  }
  if (call.agent !== null) {
    throw wrongState('Your voice agent serves this call.', 'Take the call over first.');
  }
  return {
    sid: call.sid,
    party: call.them,
    role: 'customer',
    isProgram: false,
    status: 'joined',
    held: false,
    muted: false,
  };
}
