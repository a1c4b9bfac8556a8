import type { CallId } from './call.ts';
import { change, changeLive } from './change-call.ts';
import type { CallEvent } from './events.ts';
import { type Recorded, recordedWith } from './recorded.ts';
import type { RecordingId, RunningRecording } from './recording.ts';
import type { ConsoleState } from './state.ts';

/** Facts about the recordings of a call. */
type RecordingEvent = Extract<
  CallEvent,
  {
    event:
      | 'recording-started'
      | 'recording-paused'
      | 'recording-stopped'
      | 'recording-saved'
      | 'recording-lost'
      | 'recording-deleted';
  }
>;

/** The state after something happened to a recording. */
export function reduceRecording(state: ConsoleState, event: RecordingEvent): ConsoleState {
  switch (event.event) {
    case 'recording-started':
      return changeLive(state, event.callId, call => ({
        ...call,
        recording: { id: event.recordingId, by: event.by, startedAt: event.at, paused: false },
      }));
    case 'recording-paused':
      return changeRecording(state, event, recording => ({ ...recording, paused: event.on }));
    case 'recording-stopped':
      return stopRecording(state, event);
    case 'recording-saved':
      return changeRecorded(state, event, 'kept');
    case 'recording-lost':
    case 'recording-deleted':
      return changeRecorded(state, event, null);
  }
}

function changeRecording(
  state: ConsoleState,
  { callId, recordingId }: { readonly callId: CallId; readonly recordingId: string },
  edit: (recording: RunningRecording) => RunningRecording | null,
): ConsoleState {
  return changeLive(state, callId, call =>
    call.recording?.id === recordingId ? { ...call, recording: edit(call.recording) } : call,
  );
}

function changeRecorded(
  state: ConsoleState,
  { callId, recordingId }: { readonly callId: CallId; readonly recordingId: RecordingId },
  status: Recorded['recorded'],
): ConsoleState {
  return change(state, callId, call =>
    call.status === 'ended' || call.status === 'live'
      ? { ...call, ...recordedWith(call, recordingId, status) }
      : call,
  );
}

function stopRecording(
  state: ConsoleState,
  { callId, recordingId }: { readonly callId: CallId; readonly recordingId: string },
): ConsoleState {
  return changeLive(state, callId, call => {
    if (call.recording?.id !== recordingId) return call;
    const isAwaited = call.recording.by === 'twilio';
    return {
      ...call,
      ...(isAwaited ? recordedWith(call, recordingId, 'waiting') : {}),
      recording: null,
    };
  });
}
