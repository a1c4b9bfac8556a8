import { asLive, type CallId } from '../../electron/core/call.ts';
import { type ConsoleState, findCall, standingCalls } from '../../electron/core/state.ts';

/** The places of the rail. */
export type View = 'calls' | 'wall' | 'history' | 'settings';

/** The sections of the settings. */
export type Section =
  | 'line'
  | 'calls'
  | 'supervision'
  | 'sound'
  | 'recording'
  | 'transcripts'
  | 'appearance'
  | 'about';

/** The parts of the history: calls that are over, and who did what to calls of others. */
export type HistoryPart = 'calls' | 'audit';

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
  /** The call of the account on screen that this desk does not follow, by its CallSid; `callId` is null then. */
  readonly accountCallSid: string | null;
  /** The call on screen in the history. */
  readonly historyId: CallId | null;
  readonly historyPart: HistoryPart;
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
  accountCallSid: null,
  historyId: null,
  historyPart: 'calls',
  section: 'sound',
  layer: null,
  paused: false,
};

/** Goes to a view. Going to Calls while an ended call is on screen puts it away. */
export function goTo(place: Place, view: View, state: ConsoleState): Place {
  const before = view === 'settings' ? place.before : view;
  const shown = view === 'calls' && place.view === 'calls' ? putAway(place, state) : place;
  const layer = CALL_LAYERS.has(place.layer) ? null : place.layer;
  return { ...shown, view, before, layer };
}

/** Shows a call. */
export function openCall(place: Place, callId: CallId): Place {
  return { ...selectCall(place, callId), view: 'calls', before: 'calls' };
}

/** Makes a call the one that keys mean, without leaving the view. */
export function selectCall(place: Place, callId: CallId): Place {
  const layer = CALL_LAYERS.has(place.layer) && place.callId !== callId ? null : place.layer;
  return { ...place, callId, accountCallSid: null, layer };
}

/** Shows a call of the account that this desk does not follow. */
export function openAccountCall(place: Place, callSid: string): Place {
  return { ...selectAccountCall(place, callSid), view: 'calls', before: 'calls' };
}

/** Makes such a call the one that keys mean, without leaving the view. */
export function selectAccountCall(place: Place, callSid: string): Place {
  const layer = CALL_LAYERS.has(place.layer) ? null : place.layer;
  return { ...place, callId: null, accountCallSid: callSid, layer };
}

/**
 * Follows the state where the person has not chosen: a call that stands is never put off the screen;
 * with none on screen the call with the microphone, then a ringing, then any standing call appears.
 * A call of the account stays on screen until it is over, and is shown as this desk's once it is followed.
 */
export function follow(place: Place, state: ConsoleState): Place {
  if (place.accountCallSid !== null) {
    const chosen = state.accountCalls.find(call => call.sid === place.accountCallSid);
    const followed = findCall(state, chosen?.callId ?? null);
    if (followed !== undefined && followed.status !== 'ended') {
      return { ...place, callId: followed.id, accountCallSid: null };
    }
    if (chosen !== undefined) return place;
    return follow({ ...place, accountCallSid: null }, state);
  }
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
  if (place.view !== 'calls') return place;
  return putAway(place, state);
}

/** Takes a call off the screen that does not stand at this desk. */
function putAway(place: Place, state: ConsoleState): Place {
  const shown = findCall(state, place.callId);
  if (shown !== undefined && shown.status !== 'ended') return place;
  return { ...place, callId: preferred(state)?.id ?? null, accountCallSid: null };
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
