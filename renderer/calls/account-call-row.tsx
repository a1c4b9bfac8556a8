import type { KeyboardEvent } from 'react';
import type { AccountCall } from '../../electron/core/room.ts';
import { useClock } from '../state/clock.ts';
import { showAccountCall } from '../state/navigation.ts';
import { betweenWords } from '../wall/people.ts';
import { formatTimer } from '../words/times.ts';

type AccountCallRowProps = {
  readonly call: AccountCall;
  /** On screen now. */
  readonly chosen: boolean;
  /** Where Tab enters the list. */
  readonly stop: boolean;
};

/** A live call of the account that nobody here follows. Choosing it makes no sound. */
export function AccountCallRow({ call, chosen, stop }: AccountCallRowProps) {
  const now = useClock();
  const show = () => showAccountCall(call.sid);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    show();
  };
  return (
    <div
      className="row"
      role="option"
      aria-selected={chosen}
      tabIndex={stop ? 0 : -1}
      data-account-call={call.sid}
      data-status={call.status}
      onClick={show}
      onKeyDown={onKeyDown}
    >
      <span className="row-name cut">{betweenWords(call)}</span>
      <time className="row-time">{formatTimer(now - call.startedAt)}</time>
      <span className="row-detail cut">
        {call.status === 'ringing' ? 'ringing, not heard yet' : 'not heard yet'}
      </span>
    </div>
  );
}
