import { Circle, Pause } from 'lucide-react';
import type { Call } from '../../electron/core/call.ts';
import { toggleRecording, toggleRecordingPause } from '../keys/desk-acts.ts';
import { ControlButton } from './control-button.tsx';

type RecordControlProps = { readonly call: Call; readonly disabledWhy: string | undefined };

/** Records the call or stops it, and beside it pauses the recording. Both always have their places. */
export function RecordControl({ call, disabledWhy }: RecordControlProps) {
  const recording = call.status === 'live' ? call.recording : null;
  const pauseWhy = disabledWhy ?? (recording === null ? 'Nothing is recorded now' : undefined);
  return (
    <span className="control-pair wide-only">
      <ControlButton
        name="Record"
        shortcut="record"
        Icon={Circle}
        pressed={recording !== null}
        look="record"
        disabledWhy={disabledWhy}
        onPress={toggleRecording}
      />
      <button
        type="button"
        className="control icon"
        aria-label="Pause recording"
        aria-pressed={recording?.paused === true}
        disabled={pauseWhy !== undefined}
        title={pauseWhy ?? (recording?.paused === true ? 'Go on recording' : 'Pause recording')}
        onClick={toggleRecordingPause}
      >
        <Pause size={16} aria-hidden="true" />
      </button>
    </span>
  );
}
