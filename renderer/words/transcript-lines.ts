import type { CallId } from '../../electron/core/call.ts';
import type { Segment } from '../../electron/core/events.ts';

/** One line of a transcript. */
export type TranscriptLine = {
  readonly key: string;
  readonly speaker: Segment['speaker'];
  readonly text: string;
  /** False while its words may still change. */
  readonly isFinal: boolean;
};

/** What was said on a call, oldest first: final words, and the words of each side that still change. */
export function transcriptLines(
  segments: readonly Segment[],
  callId: CallId,
): readonly TranscriptLine[] {
  const ofCall = segments.filter(segment => segment.callId === callId && segment.text !== '');
  return ofCall
    .map((segment, index) => ({ ...segment, key: `${index}` }))
    .filter(
      ({ isFinal, speaker }, index) =>
        isFinal || !ofCall.slice(index + 1).some(later => later.speaker === speaker),
    )
    .map(({ key, speaker, text, isFinal }) => ({ key, speaker, text, isFinal }));
}
