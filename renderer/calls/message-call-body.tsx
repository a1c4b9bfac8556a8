import type { LiveCall } from '../../electron/core/call.ts';
import { useConsole } from '../state/use-console.ts';
import { Transcript } from '../transcript/transcript.tsx';
import { nameInState } from '../words/names.ts';

type MessageCallBodyProps = { readonly call: LiveCall };

/** A live call that only speaks a message: nobody here talks on it. */
export function MessageCallBody({ call }: MessageCallBodyProps) {
  const name = useConsole(state => nameInState(call, state));
  return (
    <div className="call-body words-call">
      <p className="note">
        <strong>Message call:</strong> a text is spoken to {name}, then the call ends by itself. You
        do not hear {name}, and {name} does not hear you.
      </p>
      <Transcript call={call} />
    </div>
  );
}
