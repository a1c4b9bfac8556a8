import {
  asLive,
  type Call,
  type CallId,
  type LiveCall,
  type RingingCall,
} from '../../electron/core/call.ts';
import { type ConsoleState, findCall } from '../../electron/core/state.ts';
import { isRingingHere } from '../calls/call-sections.ts';

/** For so long after the answer nothing hangs up, so that a second press does not end what the first began. */
export const HANG_UP_GUARD_MS = 700;

/** The call that Answer and Decline mean: the ring that began first. */
export function ringOnTop(state: ConsoleState): RingingCall | null {
  const ringing = state.calls.filter(isRingingHere);
  return ringing.sort((a, b) => a.startedAt - b.startedAt)[0] ?? null;
}

/** The call whose microphone M means: the one that has it. */
export function callWithMicrophone(state: ConsoleState): LiveCall | null {
  return asLive(findCall(state, state.microphone));
}

/** The call that the keys of the control row mean: the one on screen. */
export function shownLive(state: ConsoleState, shownCallId: CallId | null): LiveCall | null {
  return asLive(findCall(state, shownCallId));
}

/** The call that Hang up means: the one with the microphone, else the one on screen; null in the guard time. */
export function callToHangUp(
  state: ConsoleState,
  shownCallId: CallId | null,
  now: number,
): Call | null {
  const own = [findCall(state, state.microphone), findCall(state, shownCallId)];
  const call = own.find(known => known !== undefined && mayHangUp(known));
  if (call === undefined) return null;
  return call.status === 'live' && now - call.answeredAt < HANG_UP_GUARD_MS ? null : call;
}

function mayHangUp(call: Call): boolean {
  return call.status !== 'ended' && !isRingingHere(call);
}
