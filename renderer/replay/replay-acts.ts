import type { CallId } from '../../electron/core/call.ts';
import { REPLAY_SPEEDS, type Replay, type ReplaySpeed } from '../../electron/core/replay.ts';
import { ask, consoleStore } from '../earshot.ts';
import { act, addRefusal } from '../state/refusals.ts';
import { createStore } from '../state/store.ts';
import { levelsOf } from '../waveform/call-levels.ts';
import { REWIND_MS, zoomSteps } from '../waveform/strip-view.ts';
import { FRAME_MS } from '../waveform/waveform-geometry.ts';
import { type OnScreen, playerOnScreen, playerZoom } from './player-on-screen.ts';
import { expectHead, headMs, replayedLengthMs } from './playhead.ts';
import { readTurns, turnsOfRecording } from './read-turns.ts';
import { recordedMoment } from './recording-state.ts';
import { speedStep } from './replay-words.ts';
import { turnFrom } from './turns.ts';

/** Speeds at which a live call is heard again: as said, and catching up. */
const LIVE_SPEEDS: readonly ReplaySpeed[] = [1, 1.5];

/** A live call rewound less than this is heard as it is, in ms. */
const AS_GOOD_AS_LIVE_MS = 500;

/** A recording this near to its end was heard to the end, in ms. */
const HEARD_OUT_MS = 500;

type Listening = Pick<Replay, 'speed' | 'skipSilence'>;

/** A live call is heard again whole, as it was said. */
const LIVE_LISTENING: Listening = { speed: 1, skipSilence: false };

/** How recordings are played, as chosen last. */
export const listening = createStore<Listening>({ speed: 1, skipSilence: false });

/** Plays what is on screen from where its playhead stands, or pauses it. A live call goes 10 s back. */
export function togglePlay(): void {
  const shown = playerOnScreen.get();
  if (shown === null) return;
  const replay = replayOf(shown.callId);
  if (replay !== null) {
    if (!replay.playing && isHeardOut(shown)) seekReplay(0);
    act({ command: 'pause-replay', on: replay.playing });
  } else if (shown.source === 'live') {
    void start(shown.callId, LIVE_LISTENING);
  } else {
    const atMs = Math.round(recordedMoment(headMs(shown.callId), shown.recordings));
    void start(shown.callId, listening.get(), atMs);
  }
}

/** Moves the playhead by so many ms. A live call that is heard as it is has none. */
export function stepReplay(ms: number): void {
  const shown = playerOnScreen.get();
  if (shown === null || (shown.source === 'live' && replayOf(shown.callId) === null)) return;
  seekReplay(headMs(shown.callId) + ms);
}

/** Moves the playhead of what is on screen. A live call is rewound, or heard as it is when it reaches now. */
export function seekReplay(wantedMs: number): void {
  const shown = playerOnScreen.get();
  if (shown === null) return;
  const { callId } = shown;
  const replay = replayOf(callId);
  if (shown.source === 'kept') {
    const moment = recordedMoment(Math.min(wantedMs, shown.lengthMs), shown.recordings);
    const atMs = Math.round(moment);
    expectHead(callId, atMs);
    if (replay !== null) act({ command: 'seek-replay', atMs });
    return;
  }
  const length = liveLengthMs(callId);
  const atMs = Math.round(Math.max(0, length - REWIND_MS, wantedMs));
  if (length - atMs < AS_GOOD_AS_LIVE_MS) {
    jumpToLive(callId);
  } else if (replay === null) {
    void start(callId, LIVE_LISTENING, atMs);
  } else {
    expectHead(callId, atMs);
    act({ command: 'seek-replay', atMs });
  }
}

/** Plays what is on screen from a moment on; a live call is rewound to it. */
export function playFrom(atMs: number): void {
  const shown = playerOnScreen.get();
  if (shown === null) return;
  const replay = replayOf(shown.callId);
  seekReplay(atMs);
  if (replay !== null) {
    if (!replay.playing) act({ command: 'pause-replay', on: false });
  } else if (shown.source === 'kept') {
    const moment = recordedMoment(atMs, shown.recordings);
    void start(shown.callId, listening.get(), Math.round(moment));
  }
}

/** Moves the playhead to the next change of who speaks, or to the one before. */
export async function seekTurn(step: 1 | -1): Promise<void> {
  const shown = playerOnScreen.get();
  if (shown === null || (shown.source === 'live' && replayOf(shown.callId) === null)) return;
  try {
    const turns = await turnsOn(shown);
    const atMs = turnFrom(turns, headMs(shown.callId), step);
    if (atMs !== null && playerOnScreen.get()?.callId === shown.callId) seekReplay(atMs);
  } catch {
    // Without its waveform nothing is known of turns: the playhead stays where it is.
  }
}

/** Plays faster or slower by one step. */
export function stepSpeed(step: 1 | -1): void {
  const shown = playerOnScreen.get();
  if (shown === null) return;
  const replay = replayOf(shown.callId);
  if (shown.source === 'live' && replay === null) return;
  const speeds = shown.source === 'live' ? LIVE_SPEEDS : REPLAY_SPEEDS;
  setSpeed(speedStep(replay?.speed ?? listening.get().speed, step, speeds));
}

/** Plays what is on screen at a speed. */
export function setSpeed(speed: ReplaySpeed): void {
  const shown = playerOnScreen.get();
  if (shown === null) return;
  if (shown.source === 'kept') listening.set({ ...listening.get(), speed });
  if (replayOf(shown.callId) !== null) act({ command: 'tune-replay', speed });
}

/** Leaves pauses out of what is played, or no longer. */
export function setSkipSilence(skipSilence: boolean): void {
  listening.set({ ...listening.get(), skipSilence });
  const shown = playerOnScreen.get();
  if (shown?.source === 'kept' && replayOf(shown.callId) !== null) {
    act({ command: 'tune-replay', skipSilence });
  }
}

/** Hears a live call as it is again. */
export function jumpToLive(callId: CallId): void {
  if (replayOf(callId) !== null) act({ command: 'end-replay' });
}

/** Stops playing the recording of a call whose player leaves the screen. */
export function stopRecordingOf(callId: CallId): void {
  const replay = replayOf(callId);
  if (replay?.source === 'kept') act({ command: 'end-replay' });
}

/** Looks at the recording on screen from nearer, or from farther away. */
export function stepZoom(step: 1 | -1): void {
  const shown = playerOnScreen.get();
  if (shown?.source !== 'kept') return;
  const most = zoomSteps(shown.lengthMs).length - 1;
  playerZoom.set(Math.max(0, Math.min(most, playerZoom.get() + step)));
}

/** How long the sound of a live call is by now, in ms. */
export function liveLengthMs(callId: CallId): number {
  return Math.max(levelsOf(callId).end * FRAME_MS, replayedLengthMs(callId) ?? 0);
}

function replayOf(callId: CallId): Replay | null {
  const { replay } = consoleStore.get();
  return replay?.callId === callId ? replay : null;
}

/** Starts a replay, if there is a speaker. What was chosen for the one before does not hold for this one. */
async function start(callId: CallId, how: Listening, atMs?: number): Promise<void> {
  const { output } = consoleStore.get().sound;
  if (output.status === 'failed') {
    addRefusal({ ...output.problem, message: 'Nothing can be played: no speaker works here.' });
    return;
  }
  const { speed, skipSilence } = how;
  const from = atMs === undefined ? {} : { atMs };
  const outcome = await ask({ command: 'start-replay', callId, speed, ...from });
  if (outcome.ok) act({ command: 'tune-replay', skipSilence });
  else addRefusal(outcome.problem);
}

/** Whether a recording stands at its end, so that playing it means from its start. */
function isHeardOut(shown: OnScreen): boolean {
  return shown.source === 'kept' && shown.lengthMs - headMs(shown.callId) < HEARD_OUT_MS;
}

function turnsOn(shown: OnScreen) {
  if (shown.source === 'kept') return turnsOfRecording(shown.callId, shown.lengthMs);
  const length = liveLengthMs(shown.callId);
  return readTurns(shown.callId, Math.max(0, length - REWIND_MS), length);
}
