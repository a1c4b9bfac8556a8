import type { Segment } from '../../electron/core/segment.ts';

/** Something the other side said, understood by Twilio; what is told of it replaces what it has. */
export function segment(told: Partial<Segment> = {}): Segment {
  return {
    callId: 'call-1',
    segmentId: 'segment-1',
    speaker: 'them',
    who: null,
    text: 'So do I pay twice?',
    isFinal: true,
    confidence: 0.9,
    by: 'twilio',
    language: 'en-US',
    place: null,
    whispered: false,
    ...told,
  };
}
