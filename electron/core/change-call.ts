import type { Call, CallId, EndedCall, LiveCall } from './call.ts';
import type { ConsoleState } from './state.ts';

/** The state with one call edited; the same object when nothing changed. */
export function change(state: ConsoleState, id: CallId, edit: (call: Call) => Call): ConsoleState {
  const before = state.calls.find(call => call.id === id);
  if (before === undefined) return state;
  const after = edit(before);
  if (after === before) return state;
  return { ...state, calls: state.calls.map(call => (call === before ? after : call)) };
}

/** The state with one live call edited. */
export function changeLive(
  state: ConsoleState,
  id: CallId,
  edit: (call: LiveCall) => LiveCall,
): ConsoleState {
  return change(state, id, call => (call.status === 'live' ? edit(call) : call));
}

/** The state with one ended call edited. */
export function changeEnded(
  state: ConsoleState,
  id: CallId,
  edit: (call: EndedCall) => EndedCall,
): ConsoleState {
  return change(state, id, call => (call.status === 'ended' ? edit(call) : call));
}
