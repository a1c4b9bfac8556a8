import type { OwnRoom } from '../core/account-calls.ts';
import { asLive, type CallId } from '../core/call.ts';
import { within } from '../core/clock.ts';
import type { RoomNews } from '../core/conference.ts';
import { isHeardByMore } from '../core/desk-rules.ts';
import type { ConsoleEvent } from '../core/events.ts';
import { partyAt } from '../core/leg-party.ts';
import { type AccountCall, type Mode, needsConference, whyNot, wouldHear } from '../core/room.ts';
import { type ConsoleState, findCall } from '../core/state.ts';
import { customerOf, sessionLookedAt } from './account-look.ts';
import { serially } from './asking.ts';
import { fallToListen, requestMode } from './change-mode.ts';
import { createKeeping } from './keeping.ts';
import { moveLegs } from './moving.ts';
import { isAbout, sessionTold } from './news.ts';
import { agentMode, isServedHere } from './own-agent.ts';
import * as people from './people.ts';
import {
  changedElsewhere,
  lineDown,
  refusal,
  type StepBackReason,
  steppedBack,
  wrongState,
} from './sentences.ts';
import { type Session, type SupervisionPorts, shutGate } from './session.ts';
import { createSessions, liveCall } from './sessions.ts';
import { finish, vacate } from './vacating.ts';

/** How a mode is asked for. */
type ModeOptions = {
  /** CallSid of the leg to whisper to; the first that serves when left out. */
  readonly leg?: string | undefined;
  /** The person agrees that the legs are brought into a conference. */
  readonly move?: boolean | undefined;
  /** For a voice agent of this desk alone. */
  readonly text?: string | undefined;
};

/** What this desk does in calls of others, and in its own once they have more than one other party. */
export type Supervision = {
  /** Hears a call, or goes back to only hearing it. @returns the call that follows it */
  readonly listen: (call: CallId | AccountCall) => CallId;
  /** Asks for a mode; it is confirmed or refused as a fact. @throws when it cannot be asked for */
  readonly mode: (callId: CallId, mode: Mode, options?: ModeOptions) => Promise<void>;
  readonly handBack: (callId: CallId) => Promise<void>;
  readonly leave: (callId: CallId) => void;
  readonly makeConference: (callId: CallId) => Promise<void>;
  /** @returns the CallSid of the new leg */
  readonly addPerson: (callId: CallId, to: string) => Promise<string>;
  readonly transfer: (callId: CallId, to: string, kind: 'warm' | 'cold') => Promise<void>;
  readonly holdPerson: (callId: CallId, leg: string, on: boolean) => Promise<void>;
  readonly mutePerson: (callId: CallId, leg: string, on: boolean) => Promise<void>;
  readonly removePerson: (callId: CallId, leg: string) => Promise<void>;
  readonly endForAll: (callId: CallId) => Promise<void>;
  /** Takes a call out of its queue. @returns the direct call it becomes */
  readonly pickUp: (call: AccountCall) => Promise<CallId>;
  readonly handToAgent: (callId: CallId) => Promise<void>;
  /** Takes over what Twilio told unasked. */
  readonly told: (news: RoomNews) => void;
  /** Does what follows from a step of the fact lane. */
  readonly follow: (step: {
    readonly event: ConsoleEvent;
    readonly before: ConsoleState;
    readonly after: ConsoleState;
  }) => void;
  /** Takes over a reading of the account. */
  readonly lookedAt: (calls: readonly AccountCall[], own?: readonly OwnRoom[]) => void;
  /** Nobody may be at the desk: every gate is shut, and calls of others are only heard. */
  readonly stepBack: (why: StepBackReason) => void;
  /** Leaves every call. Takes 5 s at most. */
  readonly close: () => Promise<void>;
};

/** How long closing may take, in ms. */
const CLOSE_LIMIT_MS = 5000;

/** Builds supervision. */
export function createSupervision(ports: SupervisionPorts): Supervision {
  const { clock, emit, state } = ports;
  const keeping = createKeeping(ports);
  const desk = createSessions(ports, keeping);
  const { sessions, leaving, sessionOf, inConference } = desk;

  const askMode = async (callId: CallId, mode: Mode, options: ModeOptions = {}) => {
    const call = liveCall(state(), callId);
    const { leg, move = false, text } = options;
    if (isServedHere(call)) return agentMode(ports, call, mode, text ?? null);
    if (text !== undefined) {
      throw wrongState('Only a voice agent of this desk takes a text.', 'Whisper with your voice.');
    }
    const session = sessionOf(callId);
    const { view } = session;
    const because = whyNot(view, mode);
    if (because !== null) throw wrongState(`${because}.`, 'Choose another mode.');
    if (needsConference(view, mode) && !move) {
      throw wrongState(
        'This call must become a conference first: its people are moved without being cut off.',
        'Agree to move them, or only listen.',
      );
    }
    const coached = mode === 'whisper' ? (wouldHear(view, mode, leg)[0]?.sid ?? null) : null;
    if (mode === 'whisper' && (coached === null || (leg !== undefined && leg !== coached))) {
      throw wrongState('There is no agent to whisper to.', 'Choose somebody who serves the call.');
    }
    void requestMode(session, { mode, coached });
  };

  /** Goes back to listening on calls of others. @param except the call that is spoken on instead */
  const stepBack = (why: StepBackReason, except: Session | null): void => {
    for (const session of sessions.values()) {
      const isSilent = session.mode === 'listen' && (session.changing === 0 || except !== null);
      if (session.isOwn || session === except || isSilent) continue;
      fallToListen(session, session.mode, steppedBack(why));
    }
  };

  /**
   * A seat by telephone has a microphone that nothing here shuts: it is only heard where the desk
   * speaks. And whoever was taken over is not left with nobody to speak to.
   * @param spokenOn the call that the microphone of the desk went to; null: to none
   */
  const stepBackElsewhere = (spokenOn: CallId | null): void => {
    for (const session of sessions.values()) {
      const { callId, isOwn, seat, mode } = session;
      if (isOwn || callId === spokenOn) continue;
      if (seat?.way !== 'phone' && mode !== 'takeover') continue;
      const asked = asLive(findCall(state(), callId))?.room?.requested?.mode ?? mode;
      // What is only asked for is not given up because the desk stops speaking elsewhere.
      const isSilent = asked === 'listen' || (mode === 'listen' && spokenOn === null);
      if (!isSilent) fallToListen(session, mode, steppedBack('elsewhere'));
    }
  };

  const follow = (session: Session, event: ConsoleEvent): void => {
    if (event.event === 'call-ended') {
      if (session.isOver) return;
      shutGate(session);
      session.isOver = true;
      desk.over(session);
      void vacate(session);
    } else if (event.event === 'hold-changed' && session.isOwn && session.isTold) {
      void people.followHold(session, event.on);
      // One microphone: whoever speaks on a second call of others must not leave the first in silence.
    } else if (event.event === 'mode-confirmed' && event.mode !== 'listen' && !session.isOwn) {
      stepBack('elsewhere', session);
    }
  };

  return {
    listen: call => {
      if (typeof call !== 'string') return desk.follow(call);
      const session = sessions.get(call);
      if (session?.isTold === true) return desk.listenAgain(session);
      throw wrongState('This is your own call: you hear it already.', 'Choose a call of others.');
    },
    mode: askMode,
    handBack: callId => askMode(callId, 'listen'),
    leave: callId => people.leave(sessionOf(callId)),
    makeConference: async callId => {
      const session = sessions.get(callId);
      if (session === undefined) await inConference(callId);
      else await makeConference(session);
    },
    addPerson: async (callId, to) => {
      people.target(to);
      return people.addPerson(await inConference(callId), to);
    },
    transfer: async (callId, to, kind) => {
      const number = people.target(to);
      const call = liveCall(state(), callId);
      const isDirect = call.kind === 'direct' && !sessions.has(callId);
      if (kind === 'cold' && isDirect && call.room === null && call.sid !== null) {
        const rooms = ports.rooms();
        if (rooms === null) throw lineDown();
        await rooms.dialInstead(callId, call.sid, number);
        const whom = [partyAt(number, ports)];
        emit({ event: 'room-acted', callId, act: 'transferred', whom });
        return;
      }
      const session = await inConference(callId);
      await people.addPerson(session, to);
      session.successor = partyAt(number, ports);
      if (kind === 'cold') people.leave(session);
    },
    holdPerson: (callId, leg, on) => people.holdPerson(sessionOf(callId), leg, on),
    mutePerson: (callId, leg, on) => people.mutePerson(sessionOf(callId), leg, on),
    removePerson: (callId, leg) => people.removePerson(sessionOf(callId), leg),
    endForAll: async callId => {
      const session = sessions.get(callId);
      if (session !== undefined) return people.endForAll(session);
      const { sid } = liveCall(state(), callId);
      const rooms = ports.rooms();
      if (rooms === null) throw lineDown();
      if (sid !== null) await rooms.end(sid);
    },
    pickUp: async call => {
      const rooms = ports.rooms();
      if (rooms === null) throw lineDown();
      const { members } = await rooms.read();
      const member = members.find(({ callSid }) => callSid === call.sid);
      if (member === undefined) {
        throw refusal('call-over', 'This call does not wait any more.', 'Look at the list.');
      }
      const picked = await rooms.pickUp(member.queueSid, call.sid, customerOf(call));
      const session = desk.sessionOfCall(call);
      if (session !== undefined) people.leave(session);
      return picked;
    },
    handToAgent: async callId => ports.agent.give(liveCall(state(), callId).id),
    told: news => {
      const about = [...sessions.values(), ...leaving].filter(each => isAbout(each, news));
      for (const session of about) sessionTold(session, news, desk.monitorEnd(session));
      keeping.told(news);
      if (about.length === 0) desk.dropStray(news);
    },
    follow: ({ event, before, after }) => {
      if (event.event === 'microphone-moved') stepBackElsewhere(event.callId);
      if (!('callId' in event) || event.callId === null) return;
      const session = sessions.get(event.callId);
      if (session === undefined) return;
      follow(session, event);
      const isPhone = session.seat?.way === 'phone' && !session.isOver;
      if (isPhone && isHeardByMore(before, after, session.callId)) {
        fallToListen(session, 'whisper', changedElsewhere(false));
      }
    },
    lookedAt: (calls, own = []) => {
      const { isCut } = state().accountWatch;
      for (const session of sessions.values()) sessionLookedAt(session, { calls, own, isCut });
      desk.findAgain(own);
    },
    stepBack: why => {
      // Whoever is not there cannot let the key go.
      if (state().talkKeyHeld) emit({ event: 'talk-key-changed', held: false });
      stepBack(why, null);
    },
    close: async () => {
      for (const session of [...sessions.values()]) {
        if (session.isOwn && !session.isTold) session.isOver = true;
        finish(session, 'left');
        desk.over(session);
      }
      const gone = [...leaving].map(session => session.queue);
      await within(clock, CLOSE_LIMIT_MS, Promise.all([...gone, keeping.close()]));
    },
  };
}

/** Brings the legs of a call of others into a conference. Whoever is served by no leg would wait there alone. */
async function makeConference(session: Session): Promise<void> {
  const { shape } = session.view;
  if (shape === 'alone' || shape === 'queued') {
    throw wrongState(
      'Only its caller would be in the conference.',
      'Take the call over, or pick it up.',
    );
  }
  await serially(session, () => moveLegs(session));
}
