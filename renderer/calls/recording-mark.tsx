import type { LiveCall } from '../../electron/core/call.ts';
import { formatTimer } from '../words/times.ts';

type RecordingMarkProps = { readonly call: LiveCall; readonly now: number };

/** That the call is recorded and for how long, or that the recording is paused. */
export function RecordingMark({ call, now }: RecordingMarkProps) {
  const { recording } = call;
  if (recording === null) return null;
  const by = recording.by === 'twilio' ? 'Twilio records this call' : 'This computer records';
  return (
    <span className="recording-mark" data-paused={recording.paused} title={by}>
      {recording.paused ? (
        '‖ REC paused'
      ) : (
        <>
          ▪ REC <time>{formatTimer(now - recording.startedAt)}</time>
        </>
      )}
    </span>
  );
}
