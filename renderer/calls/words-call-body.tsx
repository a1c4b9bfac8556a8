import type { LiveCall } from '../../electron/core/call.ts';
import { useConsole } from '../state/use-console.ts';
import { Transcript } from '../transcript/transcript.tsx';
import { nameInState } from '../words/names.ts';
import { SayField } from './say-field.tsx';

type WordsCallBodyProps = { readonly call: LiveCall };

/** A live call without sound: what they say is read here, what is typed is spoken to them. */
export function WordsCallBody({ call }: WordsCallBodyProps) {
  const name = useConsole(state => nameInState(call, state));
  return (
    <div className="call-body words-call">
      <p className="note">
        <strong>Words only:</strong> Twilio carries no live sound on a trial account. You read what{' '}
        {name} says, and Twilio speaks what you type.
      </p>
      <Transcript call={call} />
      <SayField callId={call.id} label={`Say to ${name}`} hint="Type what Twilio should say" />
    </div>
  );
}
