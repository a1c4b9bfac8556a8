import type { DialingCall, RingingCall } from '../../electron/core/call.ts';
import { useClock } from '../state/clock.ts';
import { useConsole } from '../state/use-console.ts';
import { shortName } from '../words/names.ts';

type OutgoingCallBodyProps = { readonly call: DialingCall | RingingCall };

/** A call asked for here and not answered yet. */
export function OutgoingCallBody({ call }: OutgoingCallBodyProps) {
  const seconds = Math.max(0, Math.floor((useClock() - call.startedAt) / 1000));
  const holds = useConsole(({ settings }) => settings.talk === 'hold');
  const trial = useConsole(({ line }) => line.account?.type === 'trial');
  const name = shortName(call.them);
  const then =
    call.kind === 'notify'
      ? `The message is spoken once ${name} answers.`
      : trial
        ? `You read and type words once ${name} answers.`
        : holds
          ? `Hold Space to talk once ${name} answers.`
          : `The microphone opens when ${name} answers.`;
  return (
    <div className="call-body">
      <p className="call-says">
        {call.status === 'ringing' ? `${name} is being rung.` : `Asking the line to call ${name}.`}{' '}
        <span className="second">{seconds} s</span>
      </p>
      <p className="second">{then} Hang up ends the attempt.</p>
    </div>
  );
}
