import type { WaitingCall } from '../../electron/core/call.ts';
import { answer, letGo } from '../keys/desk-acts.ts';
import { KeyCap } from '../shell/key-cap.tsx';
import { useClock } from '../state/clock.ts';
import { showCall } from '../state/navigation.ts';
import { fullName } from '../words/names.ts';
import { formatTimer } from '../words/times.ts';
import { useAnswerTarget } from './use-ring-on-top.ts';

type WaitingCardProps = { readonly call: WaitingCall; readonly chosen: boolean };

/** A call in the hold queue: how long it waits, Answer, and the way to let it go. */
export function WaitingCard({ call, chosen }: WaitingCardProps) {
  const now = useClock();
  const onTop = useAnswerTarget() === call.id;
  const name = fullName(call.them);
  return (
    <div className="waiting-card" data-call={call.id} data-status="waiting" data-chosen={chosen}>
      <button type="button" className="ring-open" onClick={() => showCall(call.id)}>
        <span className="ring-name cut">{name}</span>
        <span className="waiting-time">
          <span aria-hidden="true">‖</span> {formatTimer(now - call.waitingAt)}
          <span className="unseen"> waiting</span>
        </span>
      </button>
      <div className="waiting-acts">
        <button type="button" className="button ring" onClick={() => answer(call.id)}>
          Answer {onTop ? <KeyCap of="answer" /> : null}
          <span className="unseen">{name}</span>
        </button>
        <button type="button" className="button" onClick={() => letGo(call.id)}>
          Hang up
          <span className="unseen">{name}</span>
        </button>
      </div>
    </div>
  );
}
