import type { EndedCall } from '../../electron/core/call.ts';
import { ListenedPart } from '../history/listened-part.tsx';
import { callNumber } from '../keys/desk-acts.ts';
import { Player } from '../replay/player.tsx';
import { endSentence } from '../words/ending.ts';
import { callFacts } from './call-facts.ts';

type EndedCallBodyProps = { readonly call: EndedCall };

/** A call that is over: who ended it and why, its recording, its facts, and the way back to the person. */
export function EndedCallBody({ call }: EndedCallBodyProps) {
  const reachable = /\d/.test(call.them.number);
  return (
    <div className="call-body">
      <p className="call-says">{endSentence(call)}</p>
      {call.answeredAt === null || call.kind === 'notify' ? null : (
        <Player key={call.id} call={call} />
      )}
      <dl className="facts">
        {callFacts(call).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="pick">{value}</dd>
          </div>
        ))}
      </dl>
      <ListenedPart callId={call.id} where="narrow" />
      <div className="call-acts">
        <button
          type="button"
          className="button large"
          disabled={!reachable}
          title={reachable ? undefined : 'The caller hid the number'}
          onClick={() => callNumber(call.them.number)}
        >
          Call back
        </button>
      </div>
    </div>
  );
}
