import type { EndedCall, LiveCall } from '../../electron/core/call.ts';
import { changeSettings } from '../settings/change-settings.ts';
import { act } from '../state/refusals.ts';
import { useConsole } from '../state/use-console.ts';

type EmptyTranscriptProps = { readonly call: LiveCall | EndedCall };

/** A transcript without words: why, and what can be done. */
export function EmptyTranscript({ call }: EmptyTranscriptProps) {
  if (call.status === 'ended') {
    return <p className="transcript-empty">No words of this call are kept.</p>;
  }
  const isOff = call.transcription.status === 'off' && call.carrier === 'stream';
  return isOff && call.kind !== 'notify' ? (
    <TranscriptOff call={call} />
  ) : (
    <p className="transcript-empty">Nobody has spoken yet.</p>
  );
}

/** Nobody writes the call down: for the line, or for this call alone. */
function TranscriptOff({ call }: { readonly call: LiveCall }) {
  const kind = useConsole(state => state.line.kind);
  const transcripts = useConsole(state => state.settings.transcripts);
  const { by } = transcripts[kind];
  const isRecorded = call.recording !== null && !call.recording.paused;
  const turnOn = () => {
    const writer = by ?? 'twilio';
    if (by === null) {
      changeSettings({
        transcripts: { ...transcripts, [kind]: { ...transcripts[kind], by: writer } },
      });
    }
    act({ command: 'transcribe', callId: call.id, by: writer });
  };
  return (
    <p className="transcript-empty">
      Transcripts are off for this {by === null ? 'line' : 'call'}.{' '}
      <button type="button" className="button small" onClick={turnOn}>
        Turn on
      </button>{' '}
      {isRecorded ? 'Sound is still recorded.' : ''}
    </p>
  );
}
