import type { CallKind } from '../../electron/core/call.ts';
import type { Recording } from '../../electron/core/recording.ts';
import { formatTimer, spellLength } from '../words/times.ts';
import type { RecordingState } from './recording-state.ts';

/** Why nothing can be played, and how to have it otherwise. Calls of others are never recorded unasked. */
export function recordingSentence(
  state: Exclude<RecordingState['kind'], 'kept'>,
  kind: CallKind,
): string {
  switch (state) {
    case 'waiting':
      return 'Twilio is still preparing the recording. It appears here by itself.';
    case 'finishing':
      return 'The recording is being finished. It appears here by itself.';
    case 'lost':
      return 'The recording is lost: its file is gone, or Twilio never handed it over.';
    case 'deleted':
      return 'The recording was deleted.';
    case 'none':
      return kind === 'supervised'
        ? 'No recording of this call. R records a live call.'
        : 'No recording of this call. R records a live call; the settings can record calls unasked.';
  }
}

/** What would be lost with the recordings of a call, asked before they are deleted. */
export function deleteQuestion(recordings: readonly Recording[], name: string): string {
  const total = recordings.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const what = recordings.length === 1 ? 'the recording' : `all ${recordings.length} recordings`;
  return `Delete ${what} with ${name}? ${spellLength(total)} of sound are lost for good; what is known of the call stays.`;
}

/** Which part of a call a recording holds, `00:00 to 06:02`. */
export function recordingPart({ offsetMs, durationMs }: Recording): string {
  return `${formatTimer(offsetMs)} to ${formatTimer(offsetMs + durationMs)}`;
}
