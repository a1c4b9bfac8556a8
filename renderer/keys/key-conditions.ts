import { type ConsoleState, findCall } from '../../electron/core/state.ts';
import type { Place } from '../state/place.ts';
import { canLeave, takesPeople } from '../supervision/call-people.ts';
import { modeTarget } from '../supervision/mode-view.ts';
import type { KeyCondition } from './key-table.ts';
import { answerTarget, isToHangUp, noSoundWhy, ringOnTop, shownLive } from './key-targets.ts';

/**
 * What holds now, so that keys mean something.
 * @param isPlayed sound that can be played again is on screen @param isRead a transcript is
 */
export function keyConditions(
  state: ConsoleState,
  place: Place,
  isPlayed: boolean,
  isRead = false,
): ReadonlySet<KeyCondition> {
  const shown = place.view === 'history' || place.view === 'settings' ? null : place.callId;
  const call = shownLive(state, shown);
  const spoken = shownLive(state, state.microphone);
  const holds = new Set<KeyCondition>();
  if (answerTarget(state) !== null) holds.add('answer');
  if (ringOnTop(state) !== null) holds.add('decline');
  if (call?.kind === 'direct') holds.add('own-call');
  if (call !== null && noSoundWhy(call) === undefined) holds.add('record');
  if ([place.callId, state.microphone].some(id => isToHangUp(findCall(state, id)))) {
    holds.add('hang-up');
  }
  if (isPlayed) holds.add('played');
  if (isRead) holds.add('transcript');
  if (modeTarget(state, place) !== null) holds.add('modes');
  if ([call, spoken].some(known => known !== null && canLeave(known))) holds.add('leave');
  // What is played again is paused by the key that adds a person to a call.
  if (call !== null && takesPeople(call) && state.replay === null) holds.add('people');
  return holds;
}
