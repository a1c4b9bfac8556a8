import type { AccountCall } from '../../electron/core/room.ts';
import { useClock } from '../state/clock.ts';
import { listenTo } from '../supervision/mode-acts.ts';
import { pickUp } from '../wall/wall-acts.ts';
import { accountCallFacts, hearsWords } from './account-call-facts.ts';

type AccountCallProps = { readonly call: AccountCall };

/** What is known of a call of the account that nobody here follows yet, and one main act. Nothing sounds before it. */
export function AccountCallBody({ call }: AccountCallProps) {
  const now = useClock();
  return (
    <div className="call-body">
      <p className="call-says">{hearsWords(call)}</p>
      <div className="call-acts">
        <MainAct call={call} />
      </div>
      <dl className="facts">
        {accountCallFacts(call, now).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="pick">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function MainAct({ call }: AccountCallProps) {
  if (call.waiting !== null) {
    return (
      <button type="button" className="button large main" onClick={() => void pickUp(call.sid)}>
        Pick up
      </button>
    );
  }
  return (
    <button
      type="button"
      className="button large main"
      disabled={call.status !== 'live'}
      title={call.status === 'live' ? undefined : 'Nobody has answered yet'}
      onClick={() => void listenTo(call.sid)}
    >
      Listen{' '}
      <span className="key" aria-hidden="true">
        L
      </span>
    </button>
  );
}
