import type { CallId } from './call.ts';
import type { TranscriberName } from './transcription.ts';

/** Which side of a call somebody is on: the outside person, or those who serve them, this desk included. */
export type Side = 'them' | 'us';

/** A piece of what was said. A later one with the same `segmentId` takes its place, until one is final. */
export type Segment = {
  readonly callId: CallId;
  /** Names the piece; no two of a desk share it. */
  readonly segmentId: string;
  readonly speaker: Side;
  /**
   * Who on that side, where the line tells people apart; null: the other side of the call, or whoever
   * sits at this desk.
   */
  readonly who: string | null;
  /** With what must not be kept already masked. */
  readonly text: string;
  /** False while its words may still change. */
  readonly isFinal: boolean;
  /** How sure the recogniser is, 0 to 1. */
  readonly confidence: number;
  /** Who understood it: a transcriber, or Twilio's gather; `said`: a text that a voice spoke for this desk. */
  readonly by: TranscriberName | 'gather' | 'said';
  /** BCP-47, such as `en-US`; null when it is not known. */
  readonly language: string | null;
  /** Where it stands in the call's sound and how long it is, in ms; null where there was no sound to place it in. */
  readonly place: SegmentPlace | null;
  /** Said to the agent alone: the other side did not hear it. */
  readonly whispered: boolean;
  /** The gather it answers, if one asked for it. */
  readonly turn?: string;
};

/** The place of a segment in the sound of its call. */
export type SegmentPlace = {
  readonly atMs: number;
  readonly lengthMs: number;
  /**
   * Where each of its words begins, in ms from `atMs`, as many as its text has between spaces; null when
   * the transcriber does not tell.
   */
  readonly wordsMs: readonly number[] | null;
};
