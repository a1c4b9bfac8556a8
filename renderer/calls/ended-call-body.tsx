import type { EndedCall } from '../../electron/core/call.ts';
import { ListenedPart } from '../history/listened-part.tsx';
import { callNumber } from '../keys/desk-acts.ts';
import { Player } from '../replay/player.tsx';
import { TalkPart } from '../transcript/talk-part.tsx';
import { Transcript } from '../transcript/transcript.tsx';
import { endSentence } from '../words/ending.ts';
import { FactsPart } from './facts-part.tsx';

type EndedCallBodyProps = { readonly call: EndedCall };

/** A call that is over: who ended it and why, the way back to the person, its recording, its words, its facts. */
export function EndedCallBody({ call }: EndedCallBodyProps) {
  const reachable = /\d/.test(call.them.number);
  return (
    <div className="call-body">
      <div className="call-end">
        <p className="call-says">{endSentence(call)}</p>
        <button
          type="button"
          className="button"
          disabled={!reachable}
          title={reachable ? undefined : 'The caller hid the number'}
          onClick={() => callNumber(call.them.number)}
        >
          Call back
        </button>
      </div>
      {call.answeredAt === null || call.kind === 'notify' ? null : (
        <Player key={`sound ${call.id}`} call={call} />
      )}
      {call.answeredAt === null ? null : <Transcript key={`words ${call.id}`} call={call} />}
      <FactsPart call={call} where={call.answeredAt === null ? 'call' : 'narrow'} />
      <TalkPart call={call} where="narrow" />
      <ListenedPart callId={call.id} where="narrow" />
    </div>
  );
}
