import type { CallId } from '../../electron/core/call.ts';
import type { Passage } from '../../electron/core/transcript.ts';
import { playerOnScreen } from '../replay/player-on-screen.ts';
import { seekReplay } from '../replay/replay-acts.ts';
import { showPastCall } from '../state/navigation.ts';
import { createStore } from '../state/store.ts';
import { bringIntoSight } from '../transcript/bring-into-sight.ts';
import { hearFrom } from '../transcript/hear-word.ts';
import { soughtWords } from '../transcript/transcript-on-screen.ts';
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
  const stops = [
    atMs === null ? () => {} : whenPlayed(callId, () => (play ? hearFrom(atMs) : seekReplay(atMs))),
    whenShown(segmentId, piece => markPassage(piece, soughtIn(passage, query))),
  ];
  forget = () => {
    for (const stop of stops) stop();
  };
}

/** Opens a call of the history from its start. */
export function openPastCall(callId: CallId): void {
  forget();
  openedPassage.set(null);
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

/** Runs once a piece is in the transcript on screen; returns how to stop waiting. */
function whenShown(segmentId: string, run: (piece: Element) => void): () => void {
  const until = performance.now() + WAIT_MS;
  let frame = 0;
  const look = () => {
    const piece = document.querySelector(`.transcript-log [data-piece="${CSS.escape(segmentId)}"]`);
    if (piece !== null) run(piece);
    else if (performance.now() < until) frame = requestAnimationFrame(look);
  };
  frame = requestAnimationFrame(look);
  return () => cancelAnimationFrame(frame);
}

/** Marks words in the transcript on screen, then brings one piece of it into sight. */
function markPassage(piece: Element, words: string): void {
  soughtWords.set(words);
  const segmentId = piece.getAttribute('data-piece') ?? '';
  // Two frames on the words are marked, and the first of them was brought into sight.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const log = document.querySelector<HTMLElement>('.transcript-log');
      const now = log?.querySelector(`[data-piece="${CSS.escape(segmentId)}"]`);
      if (log != null && now != null) bringIntoSight(log, now.querySelector('mark') ?? now);
    }),
  );
}
