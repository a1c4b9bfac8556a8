import type { RingingCall } from '../../electron/core/call.ts';
import { answer, decline } from '../keys/desk-acts.ts';
import { KeyCap } from '../shell/key-cap.tsx';
import { useClock } from '../state/clock.ts';
import { recentCalls } from '../state/recent-calls.ts';
import { useConsole } from '../state/use-console.ts';
import { useStore } from '../state/use-store.ts';
import { endWord } from '../words/ending.ts';
import { nameInState } from '../words/names.ts';
import { formatWhen } from '../words/times.ts';
import { useRingOnTop } from './use-ring-on-top.ts';

type RingingCallBodyProps = { readonly call: RingingCall };

/** A call that rings here: what is known of the caller, Answer and Decline. */
export function RingingCallBody({ call }: RingingCallBodyProps) {
  const now = useClock();
  const onTop = useRingOnTop() === call.id;
  const last = useStore(recentCalls, past =>
    past.find(({ them }) => them.number === call.them.number),
  );
  const speaking = useConsole(state => {
    const live = state.calls.find(({ status, id }) => status === 'live' && id === state.microphone);
    return live === undefined ? null : nameInState(live, state);
  });
  return (
    <div className="call-body">
      <div className="ring-panel-acts">
        <button type="button" className="button large ring" onClick={() => answer(call.id)}>
          Answer {onTop ? <KeyCap of="answer" /> : null}
        </button>
        <button type="button" className="button large" onClick={() => decline(call.id)}>
          Decline {onTop ? <KeyCap of="decline" /> : null}
        </button>
      </div>
      {speaking === null ? null : <p>Answering holds {speaking}.</p>}
      <dl className="facts">
        <dt>Last call</dt>
        <dd>
          {last === undefined
            ? 'none known'
            : `${formatWhen(last.startedAt, now)}, ${endWord(last).toLowerCase()}`}
        </dd>
      </dl>
    </div>
  );
}
