import type { EndedCall } from './call.ts';
import type { CallEvent } from './events.ts';
import type { Segment } from './segment.ts';
import type { TalkSpan } from './talk.ts';

/** A segment with the time it was told, in ms since the epoch. */
export type ToldSegment = Segment & { readonly at: number };

/** What else stands among the words of a call: facts that are no words of a recogniser. */
export type TranscriptNote = Extract<
  CallEvent,
  { event: 'text-said' | 'agent-told' | 'sound-lost' | 'watch-word-heard' | 'digits-received' }
>;

/** The transcript of a call, of any run. */
export type Transcript = {
  /** What was said, in the order in which it began; of a live call also what may still change. */
  readonly segments: readonly ToldSegment[];
  readonly notes: readonly TranscriptNote[];
  /** Who talked when, in the order of time. */
  readonly talks: readonly TalkSpan[];
  /** When the call's sound began, in ms since the epoch: the zero of all places; null without sound. */
  readonly soundStartedAt: number | null;
};

/** A passage of a transcript that a search found. */
export type Passage = {
  readonly segment: ToldSegment;
  /** Where in its text the words that were looked for stand: from, to (exclusive), in UTF-16 units. */
  readonly marks: readonly (readonly [from: number, to: number])[];
};

/** A call that a search found. */
export type SearchHit = {
  readonly call: EndedCall;
  /** The first passages; none when the call was found by its name or number. */
  readonly passages: readonly Passage[];
  /** How many passages there are in all. */
  readonly count: number;
};

/** What a search found, the newest call first. */
export type SearchResult = {
  readonly hits: readonly SearchHit[];
  /** All calls and passages that were found, also those that are not told. With `more`, there are older ones. */
  readonly callCount: number;
  readonly passageCount: number;
  readonly more: boolean;
  /** When nothing was found: a word near to what was looked for, and how often it is said. */
  readonly instead: { readonly words: string; readonly passages: number } | null;
  /** The numbers of this desk's lines on the calls that are kept. */
  readonly ours: readonly string[];
};

/** How a transcript may be written to a file. */
export const TRANSCRIPT_FORMATS = ['txt', 'srt', 'vtt', 'json'] as const;

/** How a transcript may be written to a file. */
export type TranscriptFormat = (typeof TRANSCRIPT_FORMATS)[number];
