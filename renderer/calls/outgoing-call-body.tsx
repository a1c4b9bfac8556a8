import type { DialingCall, RingingCall } from '../../electron/core/call.ts';
import { useClock } from '../state/clock.ts';
import { useConsole } from '../state/use-console.ts';
import { shortName } from '../words/names.ts';

type OutgoingCallBodyProps = { readonly call: DialingCall | RingingCall };

/** A call asked for here and not answered yet. */
export function OutgoingCallBody({ call }: OutgoingCallBodyProps) {
  const seconds = Math.max(0, Math.floor((useClock() - call.startedAt) / 1000));
  const holds = useConsole(({ settings }) => settings.talk === 'hold');
  const name = shortName(call.them);
  return (
    <div className="call-body">
      <p className="call-says">
        {call.status === 'ringing' ? `${name} is being rung.` : `Asking the line to call ${name}.`}{' '}
        <span className="second">{seconds} s</span>
      </p>
      <p className="second">
        {holds ? 'Hold Space to talk once' : 'The microphone opens when'} {name} answers. Hang up
        ends the attempt.
      </p>
    </div>
  );
}
