import type { LiveCall } from './call.ts';
import { changeEnded, changeLive } from './change-call.ts';
import type { CallEvent } from './events.ts';
import type { ConsoleState } from './state.ts';
import { talkAfter } from './talk.ts';
import type { ToldSegment } from './transcript.ts';

/** Segments kept in the state; all that are final are in the store. */
const SEGMENTS_KEPT = 200;

/** Facts about what is said on a call. */
type TranscriptEvent = Extract<
  CallEvent,
  {
    event:
      | 'segment'
      | 'transcription-changed'
      | 'talk-ended'
      | 'talk-measured'
      | 'attention-raised'
      | 'attention-ended';
  }
>;

/** The state after something was said, or noticed in what is said. */
export function reduceTranscript(state: ConsoleState, event: TranscriptEvent): ConsoleState {
  switch (event.event) {
    case 'segment':
      return { ...state, segments: withSegment(state.segments, event) };
    case 'transcription-changed':
      return changeLive(state, event.callId, call => ({
        ...call,
        transcription: event.transcription,
      }));
    case 'talk-ended':
      return changeLive(state, event.callId, call => ({
        ...call,
        talk: talkAfter(call.talk, event),
      }));
    case 'talk-measured':
      return changeEnded(state, event.callId, call => ({ ...call, talk: event.talk }));
    case 'attention-raised':
      return changeLive(state, event.callId, call => ({
        ...call,
        attention: [...others(call, event.attention.kind), event.attention],
      }));
    case 'attention-ended':
      return changeLive(state, event.callId, call => ({
        ...call,
        attention: others(call, event.kind),
      }));
  }
}

function others({ attention }: LiveCall, kind: LiveCall['attention'][number]['kind']) {
  return attention.filter(each => each.kind !== kind);
}

/** A piece takes the place of what was understood of it before; a final one stays as it is. */
function withSegment(segments: readonly ToldSegment[], event: ToldSegment): readonly ToldSegment[] {
  const at = segments.findLastIndex(({ segmentId }) => segmentId === event.segmentId);
  if (at < 0) return [...segments, event].slice(-SEGMENTS_KEPT);
  const before = segments[at];
  if (before === undefined || (before.isFinal && !event.isFinal)) return segments;
  return segments.with(at, { ...event, at: before.at });
}
