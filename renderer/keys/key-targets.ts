import {
  asLive,
  type Call,
  type CallId,
  type LiveCall,
  type RingingCall,
  type WaitingCall,
} from '../../electron/core/call.ts';
import { type ConsoleState, findCall } from '../../electron/core/state.ts';
import { isRingingHere, isToAnswer } from '../calls/call-sections.ts';
import { canLeave } from '../supervision/call-people.ts';
import { isByPhone } from '../supervision/phone-seat.ts';

/** For so long after the answer nothing hangs up, so that a second press does not end what the first began. */
export const HANG_UP_GUARD_MS = 700;

/** The call that Decline means: the ring that began first. */
export function ringOnTop(state: ConsoleState): RingingCall | null {
  const ringing = state.calls.filter(isRingingHere);
  return ringing.sort((a, b) => a.startedAt - b.startedAt)[0] ?? null;
}

/** The call that Answer means: the ring that began first, else the call that waits longest. */
export function answerTarget(state: ConsoleState): RingingCall | WaitingCall | null {
  const waiting = state.calls.filter(call => call.status === 'waiting');
  return ringOnTop(state) ?? waiting.sort((a, b) => a.waitingAt - b.waitingAt)[0] ?? null;
}

/**
 * The call whose microphone M means: the one that has it, if it carries sound from here. None where the
 * supervisor's telephone speaks: nothing here opens or shuts it.
 */
export function callWithMicrophone(state: ConsoleState): LiveCall | null {
  const call = asLive(findCall(state, state.microphone));
  return call !== null && !isByPhone(call) && noSoundWhy(call) === undefined ? call : null;
}

/** Why no sound goes from here into a live call; undefined when it does. */
export function noSoundWhy(call: LiveCall): string | undefined {
  if (call.kind === 'notify') return 'This call only speaks a message';
  return call.carrier === 'gather'
    ? 'A trial account carries words only: type what to say'
    : undefined;
}

/** The call that the keys of the control row mean: the one on screen. */
export function shownLive(state: ConsoleState, shownCallId: CallId | null): LiveCall | null {
  return asLive(findCall(state, shownCallId));
}

/**
 * The call that Hang up means: the one with the microphone, else the one on screen; null in the guard
 * time. The key never lets a call go that nobody here has answered, and never ends a call of others.
 */
export function callToHangUp(
  state: ConsoleState,
  shownCallId: CallId | null,
  now: number,
): Call | null {
  const own = [findCall(state, state.microphone), findCall(state, shownCallId)];
  const call = own.find(known => isToHangUp(known));
  if (call === undefined) return null;
  return call.status === 'live' && now - call.answeredAt < HANG_UP_GUARD_MS ? null : call;
}

/**
 * Whether Hang up may mean a call: it stands, is this desk's own and was answered or made here. A call
 * that goes on without this desk is left, or ended for everyone.
 */
export function isToHangUp(call: Call | undefined): boolean {
  if (call === undefined || call.status === 'ended' || call.kind === 'supervised') return false;
  return !isToAnswer(call) && !(call.status === 'live' && canLeave(call));
}
