import type { Passage } from '../../electron/core/transcript.ts';
import { type Fragment, findIn, fragmentsOf, rangesWithin } from '../transcript/text-marks.ts';

/** So much stands before the first word that was found, and at most in all, in UTF-16 units. */
const BEFORE = 10;
const MOST = 220;

/** How many passages of a call are seen before the others are asked for. */
const FIRST_PASSAGES = 2;

/** The words of a passage around what was found, `…want a refund for the…`, in two: those before it, and it with the rest. */
export function passageParts(passage: Passage): {
  readonly before: readonly Fragment[];
  readonly rest: readonly Fragment[];
} {
  const all = passageFragments(passage);
  const first = Math.max(
    0,
    all.findIndex(({ found }) => found !== 'no'),
  );
  return { before: all.slice(0, first), rest: all.slice(first) };
}

function passageFragments({ segment, marks }: Passage): readonly Fragment[] {
  const { text } = segment;
  const first = marks[0]?.[0] ?? 0;
  const from = cutBefore(text, first);
  const to = Math.min(text.length, from + MOST);
  const fragments = fragmentsOf(text.slice(from, to), {
    watched: [],
    found: rangesWithin(marks, from, to),
    now: null,
  });
  const ellipsis = (at: number): Fragment => ({
    from: at,
    text: '…',
    masked: false,
    watched: false,
    found: 'no',
  });
  return [
    ...(from > 0 ? [ellipsis(-1)] : []),
    ...fragments,
    ...(to < text.length ? [ellipsis(to)] : []),
  ];
}

/**
 * What is to be looked for in the transcript so that it marks what was found: what was typed where it
 * was said so, else the word as it was said.
 */
export function soughtIn({ segment, marks }: Passage, query: string): string {
  const typed = query.replace(/["“”„]/g, '').trim();
  if (typed !== '' && findIn(segment.text, typed).length > 0) return typed;
  const [first] = marks;
  return first === undefined ? typed : segment.text.slice(first[0], first[1]);
}

/** Which passages of a call are in sight, and how many more there are. */
export function passagesShown(
  passages: readonly Passage[],
  count: number,
  isOpen: boolean,
): { readonly shown: readonly Passage[]; readonly more: number } {
  const shown = isOpen ? passages : passages.slice(0, FIRST_PASSAGES);
  return { shown, more: count - shown.length };
}

/** Where a text is cut before a place, so that no word is. */
function cutBefore(text: string, at: number): number {
  if (at <= BEFORE) return 0;
  const space = text.indexOf(' ', at - BEFORE);
  return space < 0 || space >= at ? at : space + 1;
}
