import type { AccountCall } from '../../electron/core/room.ts';
import { useClock } from '../state/clock.ts';
import { showAccountCall } from '../state/navigation.ts';
import { betweenWords } from '../wall/people.ts';
import { pickUp } from '../wall/wall-acts.ts';
import { formatTimer } from '../words/times.ts';

type QueuedCardProps = { readonly call: AccountCall; readonly chosen: boolean };

/** A call in a queue of the account: how long it waits, in which, and the way to take it before its turn. */
export function QueuedCard({ call, chosen }: QueuedCardProps) {
  const now = useClock();
  const name = betweenWords(call);
  const { queue, since } = call.waiting ?? { queue: 'a queue', since: call.startedAt };
  return (
    <div className="waiting-card" data-call={call.sid} data-status="waiting" data-chosen={chosen}>
      <button type="button" className="ring-open" onClick={() => showAccountCall(call.sid)}>
        <span className="ring-name cut">{name}</span>
        <span className="waiting-time">
          <span aria-hidden="true">‖</span> {formatTimer(now - since)}
          <span className="unseen"> waiting</span> in {queue}
        </span>
      </button>
      <div className="waiting-acts">
        <button type="button" className="button ring" onClick={() => void pickUp(call.sid)}>
          Pick up
          <span className="unseen">{name}</span>
        </button>
      </div>
    </div>
  );
}
