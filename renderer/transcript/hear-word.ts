import type { EndedCall, LiveCall } from '../../electron/core/call.ts';
import type { ToldSegment } from '../../electron/core/transcript.ts';
import { playerOnScreen } from '../replay/player-on-screen.ts';
import { liveLengthMs, playFrom } from '../replay/replay-acts.ts';
import { formatLength } from '../words/times.ts';
import type { TranscriptLine } from './transcript-lines.ts';
import { whyNoSound } from './why-no-sound.ts';
import { wordAt } from './word-places.ts';

/** A second press within so long selects a word instead of hearing it, in ms. */
export const SECOND_PRESS_MS = 220;

/** A word is heard from a little before it, in ms, so that its first sound is not cut off. */
const LEAD_MS = 150;

type Pointed = {
  readonly element: HTMLElement;
  readonly atMs: number | null;
  readonly why: string | null;
};

/** The word under a point of the window: where it is said, or why it cannot be heard; null when no word is there. */
export function wordUnder(
  target: EventTarget,
  x: number,
  y: number,
  call: LiveCall | EndedCall,
  pieces: readonly ToldSegment[],
): Pointed | null {
  if (!(target instanceof Element)) return null;
  const element = target.closest<HTMLElement>('[data-piece]');
  const id = element?.dataset['piece'];
  if (element === null || id === undefined) return null;
  const piece = pieces.find(({ segmentId }) => segmentId === id);
  if (piece === undefined) return null;
  const why = whyNoSound(piece.place, call, playerOnScreen.get(), liveLengthMs(call.id));
  const atMs = wordAt(piece, offsetAt(element, x, y))?.atMs ?? null;
  return { element, atMs, why };
}

/** What a word says when it is pointed at: when it was said, and what a click does or why nothing. */
export function pointedWords({ atMs, why }: Pointed): string {
  if (why !== null) return atMs === null ? why : `${formatLength(atMs)}, ${why}`;
  return atMs === null ? '' : `${formatLength(atMs)}, click to hear`;
}

/** Hears a line from its start, if it can be heard. */
export function hearLine(call: LiveCall | EndedCall, line: TranscriptLine | undefined): void {
  const place = line?.kind === 'said' ? (line.pieces[0]?.place ?? null) : null;
  if (place === null) return;
  const why = whyNoSound(place, call, playerOnScreen.get(), liveLengthMs(call.id));
  if (why === null) hearFrom(place.atMs);
}

/** Hears the call on screen from a moment of its sound. */
export function hearFrom(atMs: number): void {
  playFrom(Math.max(0, atMs - LEAD_MS));
}

/** Where in the text of an element a point of the window is. */
function offsetAt(element: Element, x: number, y: number): number {
  const caret = document.caretPositionFromPoint(x, y);
  if (caret === null || !element.contains(caret.offsetNode)) return 0;
  const before = document.createRange();
  before.selectNodeContents(element);
  before.setEnd(caret.offsetNode, caret.offset);
  return before.toString().length;
}
