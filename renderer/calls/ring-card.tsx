import type { RingingCall } from '../../electron/core/call.ts';
import { answer, decline } from '../keys/desk-acts.ts';
import { KeyCap } from '../shell/key-cap.tsx';
import { useClock } from '../state/clock.ts';
import { showCall } from '../state/navigation.ts';
import { fullName } from '../words/names.ts';
import { useRingOnTop } from './use-ring-on-top.ts';

type RingCardProps = { readonly call: RingingCall; readonly chosen: boolean };

/** A call that rings here, on top of the list. */
export function RingCard({ call, chosen }: RingCardProps) {
  const seconds = Math.max(0, Math.floor((useClock() - call.ringingAt) / 1000));
  const onTop = useRingOnTop() === call.id;
  const name = fullName(call.them);
  return (
    <div className="ring-card" data-call={call.id} data-status="ringing" data-chosen={chosen}>
      <button type="button" className="ring-open" onClick={() => showCall(call.id)}>
        <span className="ring-word">
          <span aria-hidden="true">((•))</span> Ringing
        </span>
        <span className="ring-seconds">{seconds} s</span>
        <span className="ring-name cut">{name}</span>
      </button>
      <div className="ring-acts">
        <button type="button" className="button ring" onClick={() => answer(call.id)}>
          Answer {onTop ? <KeyCap of="answer" /> : null}
          <span className="unseen">{name}</span>
        </button>
        <button type="button" className="button" onClick={() => decline(call.id)}>
          Decline {onTop ? <KeyCap of="decline" /> : null}
          <span className="unseen">{name}</span>
        </button>
      </div>
    </div>
  );
}
