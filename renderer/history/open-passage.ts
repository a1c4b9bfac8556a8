import type { CallId } from '../../electron/core/call.ts';
import type { Passage } from '../../electron/core/transcript.ts';
import { playerOnScreen } from '../replay/player-on-screen.ts';
import { seekReplay } from '../replay/replay-acts.ts';
import { showPastCall } from '../state/navigation.ts';
import { createStore } from '../state/store.ts';
import { hearFrom } from '../transcript/hear-word.ts';
import { showInTranscript } from '../transcript/transcript-on-screen.ts';
import { wordAt } from '../transcript/word-places.ts';
import { soughtIn } from './passage-words.ts';

/** So long it is waited for what a call shows, in ms; then the call is simply open. */
const WAIT_MS = 4000;

/** The passage that was opened last; null when none was. */
export const openedPassage = createStore<{
  readonly callId: CallId;
  readonly segmentId: string;
} | null>(null);

let forget: () => void = () => {};

/**
 * Opens a call of the history with its transcript at a passage, what was found marked, and its playhead
 * there. @param query what was looked for @param play hears it from there
 */
export function openPassage(passage: Passage, query: string, play = false): void {
  const { segment, marks } = passage;
  const { callId, segmentId } = segment;
  forget();
  openedPassage.set({ callId, segmentId });
  showPastCall(callId);
  const atMs = wordAt(segment, marks[0]?.[0] ?? 0)?.atMs ?? null;
  forget =
    atMs === null ? () => {} : whenPlayed(callId, () => (play ? hearFrom(atMs) : seekReplay(atMs)));
  showInTranscript({ callId, segmentId, words: soughtIn(passage, query) });
}

/** Opens a call of the history from its start. */
export function openPastCall(callId: CallId): void {
  forget();
  openedPassage.set(null);
  showInTranscript(null);
  showPastCall(callId);
}

/** Runs once the recording of a call can be played; returns how to stop waiting. */
function whenPlayed(callId: CallId, run: () => void): () => void {
  const isThere = () => playerOnScreen.get()?.callId === callId;
  if (isThere()) {
    run();
    return () => {};
  }
  const stop = () => {
    unsubscribe();
    clearTimeout(timer);
  };
  const unsubscribe = playerOnScreen.subscribe(() => {
    if (!isThere()) return;
    stop();
    run();
  });
  const timer = setTimeout(stop, WAIT_MS);
  return stop;
}
