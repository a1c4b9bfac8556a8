import {
  type Call,
  type CallId,
  type Carrier,
  canMove,
  type EndReason,
  type LiveCall,
} from './call.ts';
import type { CallIntroduction, ConsoleEvent, Segment } from './events.ts';
import { LINE_STARTING, type LineState } from './line.ts';
import type { Problem } from './problem.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';
import { SOUND_OFF, type SoundState } from './sound.ts';

/** A problem that still stands. */
type StandingProblem = {
  readonly id: string;
  readonly at: number;
  readonly problem: Problem;
};

/** Everything the window shows, except sound levels. Only `reduce` makes a new one. */
export type ConsoleState = {
  readonly line: LineState;
  /** Calls of this run in the order they began: all that live, and the last that ended. */
  readonly calls: readonly Call[];
  /** The call this desk's one microphone belongs to. */
  readonly microphone: CallId | null;
  /** True while the talk key is held. */
  readonly talkKeyHeld: boolean;
  /** The call whose other side hears this desk now, by what the gate let out; null: nobody. */
  readonly reach: CallId | null;
  readonly sound: SoundState;
  /** True while microphone and speaker are open for a test without a call. */
  readonly soundCheck: boolean;
  readonly settings: Settings;
  /** What was said lately on calls of this desk, oldest first. */
  readonly segments: readonly Segment[];
  readonly problems: readonly StandingProblem[];
};

/** Ended calls kept in the state; older ones are in the history. */
export const ENDED_CALLS_KEPT = 20;

/** Segments kept in the state; all are in the store. */
const SEGMENTS_KEPT = 200;

/** Before anything happened. */
export const INITIAL_STATE: ConsoleState = {
  line: LINE_STARTING,
  calls: [],
  microphone: null,
  talkKeyHeld: false,
  reach: null,
  sound: SOUND_OFF,
  soundCheck: false,
  settings: DEFAULT_SETTINGS,
  segments: [],
  problems: [],
};

/** The state after an event. Returns the same object when the event changes nothing or is not legal now. */
export function reduce(state: ConsoleState, event: ConsoleEvent): ConsoleState {
  switch (event.event) {
    case 'call-requested':
      return begin(state, event, { ...introduced(event, event.at), status: 'dialing' });
    case 'call-named':
      return change(state, event.callId, call => ({ ...call, sid: event.callSid }));
    case 'call-ringing':
      return ring(state, event);
    case 'call-restored':
      return restore(state, event);
    case 'call-refused':
      return refuse(state, event);
    case 'call-waiting':
      return change(state, event.callId, call =>
        canMove(call.status, 'waiting')
          ? { ...baseOf(call), status: 'waiting', waitingAt: event.at }
          : call,
      );
    case 'call-answered':
      return change(state, event.callId, call =>
        canMove(call.status, 'live')
          ? answered(state, baseOf(call), event.at, event.carrier ?? 'stream')
          : call,
      );
    case 'answerer-detected':
      return change(state, event.callId, call => ({ ...call, answeredBy: event.answeredBy }));
    case 'call-ended':
      return end(state, event);
    case 'stream-started':
      return changeLive(state, event.callId, call => ({ ...call, stream: true }));
    case 'stream-stopped':
      return changeLive(state, event.callId, call => ({ ...call, stream: false }));
    case 'mute-changed':
      return changeLive(state, event.callId, call => ({ ...call, muted: event.on }));
    case 'hold-changed':
      return changeLive(state, event.callId, call => ({
        ...call,
        heldAt: event.on ? (call.heldAt ?? event.at) : null,
      }));
    case 'volume-changed':
      return changeLive(state, event.callId, call => ({ ...call, volume: event.volume }));
    case 'segment':
      return { ...state, segments: [...state.segments, event].slice(-SEGMENTS_KEPT) };
    case 'digits-received':
    case 'digits-sent':
    case 'gather-started':
    case 'gather-ended':
    case 'text-said':
    case 'message-requested':
    case 'message-sent':
    case 'message-received':
    case 'message-status-changed':
      return state;
    case 'microphone-moved':
      return { ...state, microphone: event.callId };
    case 'talk-key-changed':
      return { ...state, talkKeyHeld: event.held };
    case 'reach-changed':
      return { ...state, reach: event.callId };
    case 'line-changed':
      return { ...state, line: event.line };
    case 'account-read': {
      const { account, callerIds } = event;
      return { ...state, line: { ...state.line, account, callerIds } };
    }
    case 'address-changed':
      return { ...state, line: { ...state.line, address: event.address } };
    case 'line-tested':
      return { ...state, line: { ...state.line, test: event.test } };
    case 'number-pointed':
      return { ...state, line: { ...state.line, pointing: event.pointing } };
    case 'sound-changed':
      return { ...state, sound: event.sound };
    case 'sound-check-changed':
      return { ...state, soundCheck: event.on };
    case 'settings-changed':
      return { ...state, settings: event.settings };
    case 'problem-raised': {
      const { id, at, problem } = event;
      const others = state.problems.filter(standing => standing.id !== id);
      return { ...state, problems: [...others, { id, at, problem }] };
    }
    case 'problem-cleared':
      return { ...state, problems: state.problems.filter(({ id }) => id !== event.id) };
  }
}

/** The call with this id, or undefined. */
export function findCall(state: ConsoleState, id: CallId | null): Call | undefined {
  return state.calls.find(call => call.id === id);
}

/** Calls that are not over. */
export function standingCalls(state: ConsoleState): readonly Call[] {
  return state.calls.filter(call => call.status !== 'ended');
}

type Base = Pick<
  Call,
  'id' | 'sid' | 'direction' | 'kind' | 'them' | 'ours' | 'startedAt' | 'answeredBy'
>;

function baseOf({ id, sid, direction, kind, them, ours, startedAt, answeredBy }: Base): Base {
  return { id, sid, direction, kind, them, ours, startedAt, answeredBy };
}

function introduced(event: CallIntroduction, at: number): Base {
  const { callId, callSid, direction, kind = 'direct', them, ours } = event;
  return {
    id: callId,
    sid: callSid,
    direction,
    kind,
    them,
    ours,
    startedAt: at,
    answeredBy: null,
  };
}

function answered(state: ConsoleState, base: Base, at: number, carrier: Carrier): LiveCall {
  return {
    ...base,
    status: 'live',
    answeredAt: at,
    carrier,
    stream: false,
    muted: state.settings.talk === 'hold',
    heldAt: null,
    volume: 1,
  };
}

function restore(
  state: ConsoleState,
  event: Extract<ConsoleEvent, { event: 'call-restored' }>,
): ConsoleState {
  const base = introduced(event, event.startedAt);
  const call: Call =
    event.answeredAt === null
      ? { ...base, status: 'ringing', ringingAt: event.startedAt }
      : answered(state, base, event.answeredAt, event.carrier ?? 'stream');
  return begin(state, event, call);
}

/** The end of a call that was never let in. */
export function refusedBecause(because: 'policy' | 'busy'): EndReason {
  return because === 'busy' ? 'busy' : 'refused';
}

function refuse(
  state: ConsoleState,
  event: Extract<ConsoleEvent, { event: 'call-refused' }>,
): ConsoleState {
  const ended: Call = {
    ...introduced(event, event.at),
    status: 'ended',
    answeredAt: null,
    endedAt: event.at,
    reason: refusedBecause(event.because),
  };
  return dropOldest(begin(state, event, ended));
}

function begin(state: ConsoleState, event: CallIntroduction, call: Call): ConsoleState {
  if (state.calls.some(known => known.id === event.callId)) return state;
  return { ...state, calls: [...state.calls, call] };
}

function ring(
  state: ConsoleState,
  event: Extract<ConsoleEvent, { event: 'call-ringing' }>,
): ConsoleState {
  const known = state.calls.some(call => call.id === event.callId);
  if (!known) {
    const call: Call = { ...introduced(event, event.at), status: 'ringing', ringingAt: event.at };
    return begin(state, event, call);
  }
  return change(state, event.callId, call =>
    canMove(call.status, 'ringing')
      ? { ...baseOf(call), sid: event.callSid, status: 'ringing', ringingAt: event.at }
      : call,
  );
}

function end(
  state: ConsoleState,
  event: Extract<ConsoleEvent, { event: 'call-ended' }>,
): ConsoleState {
  const ended = change(state, event.callId, call =>
    canMove(call.status, 'ended')
      ? {
          ...baseOf(call),
          status: 'ended',
          answeredAt: call.status === 'live' ? call.answeredAt : null,
          endedAt: event.endedAt ?? event.at,
          reason: event.reason,
        }
      : call,
  );
  return ended === state ? state : dropOldest(ended);
}

/** Leaves out ended calls beyond those that are kept. */
function dropOldest(state: ConsoleState): ConsoleState {
  const over = state.calls
    .filter(call => call.status === 'ended')
    .sort((a, b) => a.endedAt - b.endedAt);
  const dropped = new Set<Call>(over.slice(0, Math.max(0, over.length - ENDED_CALLS_KEPT)));
  return { ...state, calls: state.calls.filter(call => !dropped.has(call)) };
}

function change(state: ConsoleState, id: CallId, edit: (call: Call) => Call): ConsoleState {
  const before = state.calls.find(call => call.id === id);
  if (before === undefined) return state;
  const after = edit(before);
  if (after === before) return state;
  return { ...state, calls: state.calls.map(call => (call === before ? after : call)) };
}

function changeLive(
  state: ConsoleState,
  id: CallId,
  edit: (call: LiveCall) => LiveCall,
): ConsoleState {
  return change(state, id, call => (call.status === 'live' ? edit(call) : call));
}
