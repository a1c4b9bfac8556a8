import { asLive, type Call, type Carrier, canMove, type EndReason, type LiveCall } from './call.ts';
import { change, changeEnded, changeLive } from './change-call.ts';
import type { CallEvent, CallIntroduction } from './events.ts';
import { type Recorded, recordedWith } from './recorded.ts';
import { reduceRecording } from './reduce-recording.ts';
import { isAwaiting, othersOf, reduceRoom } from './reduce-room.ts';
import { reduceTranscript } from './reduce-transcript.ts';
import { roomOf } from './room.ts';
import { type ConsoleState, findCall } from './state.ts';
import { NO_TALK } from './talk.ts';
import { NOT_TRANSCRIBED } from './transcription.ts';

/** Ended calls kept in the state; older ones are in the history. */
export const ENDED_CALLS_KEPT = 20;

/** The state after something happened on a call. The same object when it changes nothing or is not legal now. */
export function reduceCall(state: ConsoleState, event: CallEvent): ConsoleState {
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
    case 'call-followed':
      return begin(state, event, followed(state, event));
    case 'room-changed':
    case 'listening-changed':
    case 'seat-changed':
    case 'mode-requested':
    case 'agent-changed':
      return changeLive(state, event.callId, call => reduceRoom(call, event));
    case 'mode-confirmed':
    case 'mode-refused': {
      const call = asLive(findCall(state, event.callId));
      const answered = changeLive(state, event.callId, before => reduceRoom(before, event));
      // A key that is held since before is no act of its own either.
      return call !== null && isAwaiting(call) ? { ...answered, talkKeyHeld: false } : answered;
    }
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
    case 'pan-changed':
      return changeLive(state, event.callId, call => ({ ...call, pan: event.pan }));
    case 'silence-changed':
      return changeLive(state, event.callId, call => ({ ...call, silenced: event.on }));
    case 'solo-changed':
      return changeLive(state, event.callId, call => ({ ...call, solo: event.on }));
    case 'recording-started':
    case 'recording-paused':
    case 'recording-stopped':
    case 'recording-saved':
    case 'recording-lost':
    case 'recording-deleted':
      return reduceRecording(state, event);
    case 'sound-measured':
      return changeEnded(state, event.callId, call => ({ ...call, quality: event.quality }));
    case 'segment':
    case 'transcription-changed':
    case 'talk-ended':
    case 'talk-measured':
    case 'attention-raised':
    case 'attention-ended':
      return reduceTranscript(state, event);
    case 'room-acted':
    case 'voice-began':
    case 'voice-ended':
    case 'agent-told':
    case 'recording-wanted':
    case 'sound-lost':
    case 'digits-received':
    case 'digits-sent':
    case 'gather-started':
    case 'gather-ended':
    case 'text-said':
    case 'watch-word-heard':
    case 'sound-masked':
      return state;
  }
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
    pan: 0,
    silenced: false,
    solo: false,
    recording: null,
    recorded: null,
    room: null,
    agent: null,
    transcription: NOT_TRANSCRIBED,
    talk: NO_TALK,
    attention: [],
  };
}

/** A call of others: heard in silence, its microphone shut until the person opens it. */
function followed(
  state: ConsoleState,
  event: Extract<CallEvent, { event: 'call-followed' }>,
): LiveCall {
  const base = introduced({ ...event, kind: 'supervised' }, event.startedAt);
  const call = answered(state, base, event.startedAt, 'stream');
  return { ...call, muted: true, room: roomOf(event.room) };
}

function restore(
  state: ConsoleState,
  event: Extract<CallEvent, { event: 'call-restored' }>,
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
  event: Extract<CallEvent, { event: 'call-refused' }>,
): ConsoleState {
  const ended: Call = {
    ...introduced(event, event.at),
    status: 'ended',
    answeredAt: null,
    endedAt: event.at,
    reason: refusedBecause(event.because),
    quality: null,
    talk: null,
    others: [],
    recorded: null,
  };
  return dropOldest(begin(state, event, ended));
}

function begin(state: ConsoleState, event: CallIntroduction, call: Call): ConsoleState {
  if (state.calls.some(known => known.id === event.callId)) return state;
  return { ...state, calls: [...state.calls, call] };
}

function ring(
  state: ConsoleState,
  event: Extract<CallEvent, { event: 'call-ringing' }>,
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
  event: Extract<CallEvent, { event: 'call-ended' }>,
): ConsoleState {
  const ended = change(state, event.callId, call =>
    canMove(call.status, 'ended')
      ? {
          ...baseOf(call),
          status: 'ended',
          answeredAt: call.status === 'live' ? call.answeredAt : null,
          endedAt: event.endedAt ?? event.at,
          reason: event.reason,
          quality: null,
          talk: null,
          others: othersOf(call),
          ...recordedAtEnd(call),
        }
      : call,
  );
  return ended === state ? state : dropOldest(ended);
}

/** What is known of the recordings of a call as it ends. */
function recordedAtEnd(call: Call): Recorded {
  if (call.status !== 'live') return { recorded: null };
  const { recording, recorded, recordings } = call;
  if (recording?.by === 'twilio') return recordedWith(call, recording.id, 'waiting');
  return { recorded, ...(recordings === undefined ? {} : { recordings }) };
}

/** Leaves out ended calls beyond those that are kept. */
function dropOldest(state: ConsoleState): ConsoleState {
  const over = state.calls
    .filter(call => call.status === 'ended')
    .sort((a, b) => a.endedAt - b.endedAt);
  const dropped = new Set<Call>(over.slice(0, Math.max(0, over.length - ENDED_CALLS_KEPT)));
  return { ...state, calls: state.calls.filter(call => !dropped.has(call)) };
}
