import type { RingingCall, WaitingCall } from '../../electron/core/call.ts';
import { answer, decline, letGo, letWait } from '../keys/desk-acts.ts';
import { KeyCap } from '../shell/key-cap.tsx';
import { useClock } from '../state/clock.ts';
import { recentCalls } from '../state/recent-calls.ts';
import { useConsole } from '../state/use-console.ts';
import { useStore } from '../state/use-store.ts';
import { endWord } from '../words/ending.ts';
import { nameInState } from '../words/names.ts';
import { formatWhen } from '../words/times.ts';
import { useAnswerTarget, useRingOnTop } from './use-ring-on-top.ts';

type RingingCallBodyProps = { readonly call: RingingCall | WaitingCall };

/** A call to be answered here: what is known of the caller, Answer, and how to let it go or wait. */
export function RingingCallBody({ call }: RingingCallBodyProps) {
  const now = useClock();
  const onTop = useRingOnTop() === call.id;
  const nextAnswered = useAnswerTarget() === call.id;
  const last = useStore(recentCalls, past =>
    past.find(({ them }) => them.number === call.them.number),
  );
  const name = useConsole(state => nameInState(call, state));
  const speaking = useConsole(state => {
    const live = state.calls.find(({ status, id }) => status === 'live' && id === state.microphone);
    return live === undefined ? null : nameInState(live, state);
  });
  return (
    <div className="call-body">
      {call.status === 'waiting' ? (
        <p className="call-says">{name} waits in the queue and hears music.</p>
      ) : null}
      <div className="ring-panel-acts">
        <button type="button" className="button large ring" onClick={() => answer(call.id)}>
          Answer {nextAnswered ? <KeyCap of="answer" /> : null}
        </button>
        {call.status === 'ringing' ? (
          <button type="button" className="button large" onClick={() => decline(call.id)}>
            Decline {onTop ? <KeyCap of="decline" /> : null}
          </button>
        ) : (
          <button type="button" className="button large" onClick={() => letGo(call.id)}>
            Hang up
          </button>
        )}
        {call.status === 'ringing' ? (
          <button
            type="button"
            className="button large"
            title="The caller hears music until you answer"
            onClick={() => letWait(call.id)}
          >
            Let wait
          </button>
        ) : null}
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
