import { asLive, type CallId } from '../../electron/core/call.ts';
import { type ConsoleState, findCall, standingCalls } from '../../electron/core/state.ts';

/** The places of the rail. */
export type View = 'calls' | 'history' | 'settings';

/** The sections of the settings. */
export type Section = 'line' | 'calls' | 'sound' | 'recording' | 'appearance' | 'about';

/** What lies over a view; one at a time. */
export type Layer = 'palette' | 'dial-pad' | 'keys' | 'keypad' | 'say';

/** Layers that belong to the call on screen. */
const CALL_LAYERS: ReadonlySet<Layer | null> = new Set(['keypad', 'say']);

/** Where the person is. Nothing of it leaves the window. */
export type Place = {
  readonly view: View;
  /** Where Esc leads from the settings. */
  readonly before: Exclude<View, 'settings'>;
  /** The call on screen, of this run or of the history. */
  readonly callId: CallId | null;
  /** The call on screen in the history. */
  readonly historyId: CallId | null;
  readonly section: Section;
  readonly layer: Layer | null;
  /** True while moving pictures stand still on request. */
  readonly paused: boolean;
};

/** Where the window opens. */
export const INITIAL_PLACE: Place = {
  view: 'calls',
  before: 'calls',
  callId: null,
  historyId: null,
  section: 'sound',
  layer: null,
  paused: false,
};

/** Goes to a view. Going to Calls while an ended call is on screen puts it away. */
export function goTo(place: Place, view: View, state: ConsoleState): Place {
  const before = view === 'settings' ? place.before : view;
  const callId = view === 'calls' && place.view === 'calls' ? keptCall(place, state) : place.callId;
  const layer = CALL_LAYERS.has(place.layer) ? null : place.layer;
  return { ...place, view, before, callId, layer };
}

/** Shows a call. */
export function openCall(place: Place, callId: CallId): Place {
  const layer = CALL_LAYERS.has(place.layer) && place.callId !== callId ? null : place.layer;
  return { ...place, view: 'calls', before: 'calls', callId, layer };
}

/**
 * Follows the state where the person has not chosen: a call that stands is never put off the screen;
 * with none on screen the call with the microphone, then a ringing, then any standing call appears.
 */
export function follow(place: Place, state: ConsoleState): Place {
  const shown = findCall(state, place.callId);
  const layer = CALL_LAYERS.has(place.layer) && asLive(shown) === null ? null : place.layer;
  const settled = layer === place.layer ? place : { ...place, layer };
  if (shown !== undefined && shown.status !== 'ended') return settled;
  const since = shown?.status === 'ended' ? shown.endedAt : Number.NEGATIVE_INFINITY;
  const fresh = standingCalls(state).filter(call => call.startedAt >= since);
  const next = shown === undefined ? preferred(state) : fresh.at(-1);
  if (next === undefined || next.id === place.callId) return settled;
  return { ...settled, callId: next.id };
}

/** Puts the call on screen away when it ends, as during the first steps, which come back then. */
export function putAwayEnded(place: Place, before: ConsoleState, after: ConsoleState): Place {
  const shown = findCall(after, place.callId);
  const was = findCall(before, place.callId);
  const ended = shown?.status === 'ended' && was !== undefined && was.status !== 'ended';
  return ended ? { ...place, callId: preferred(after)?.id ?? null } : place;
}

/** What Esc does: closes the top layer, then leaves the settings, then puts an ended call away. */
export function leaveTop(place: Place, state: ConsoleState): Place {
  if (place.layer !== null) return { ...place, layer: null };
  if (place.view === 'settings') return { ...place, view: place.before };
  if (place.view === 'history') return place;
  return { ...place, callId: keptCall(place, state) };
}

function keptCall(place: Place, state: ConsoleState): CallId | null {
  const shown = findCall(state, place.callId);
  if (shown !== undefined && shown.status !== 'ended') return place.callId;
  return preferred(state)?.id ?? null;
}

function preferred(state: ConsoleState) {
  const standing = standingCalls(state);
  return (
    standing.find(call => call.id === state.microphone) ??
    standing.find(call => call.status === 'ringing') ??
    standing.find(call => call.status === 'waiting') ??
    standing[0]
  );
}
