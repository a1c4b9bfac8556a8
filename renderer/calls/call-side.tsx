import { useMemo } from 'react';
import type { Call, LiveCall } from '../../electron/core/call.ts';
import { ListenedPart } from '../history/listened-part.tsx';
import { QualityList } from '../quality/quality-list.tsx';
import { useClock } from '../state/clock.ts';
import { recentCalls } from '../state/recent-calls.ts';
import { useConsole } from '../state/use-console.ts';
import { useStore } from '../state/use-store.ts';
import { PeopleList } from '../supervision/people-list.tsx';
import { TalkPart } from '../transcript/talk-part.tsx';
import { endWord } from '../words/ending.ts';
import { nameInState } from '../words/names.ts';
import { formatMoment, formatWhen } from '../words/times.ts';

import { FactsPart } from './facts-part.tsx';

type CallSideProps = { readonly call: Call };

const SHOWN = 12;

/** Beside the call: who hears whom or how the sound was, and earlier calls with the same person. */
export function CallSide({ call }: CallSideProps) {
  return (
    <aside
      className="side"
      aria-label="About this call"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keys
      tabIndex={0}
    >
      {call.status === 'ended' ? <ListenedPart callId={call.id} where="side" /> : null}
      {call.status === 'live' ? (
        isBySound(call) ? (
          <PeopleList call={call} />
        ) : (
          <Hearers call={call} />
        )
      ) : null}
      {call.status === 'ended' && call.answeredAt !== null ? (
        <FactsPart call={call} where="side" />
      ) : null}
      {call.status === 'live' || call.status === 'ended' ? (
        <TalkPart call={call} where="side" />
      ) : null}
      {call.status === 'ended' && call.quality !== null ? (
        <section className="side-part">
          <h2>How the sound was</h2>
          <QualityList quality={call.quality} live={false} />
        </section>
      ) : null}
      <EarlierCalls call={call} />
    </aside>
  );
}

function isBySound({ kind, carrier }: LiveCall): boolean {
  return kind !== 'notify' && carrier === 'stream';
}

/** Of a call without sound nobody hears anything. */
function Hearers({ call }: { readonly call: LiveCall }) {
  const name = useConsole(state => nameInState(call, state));
  return (
    <section className="side-part">
      <h2>Who hears whom</h2>
      <p className="hearer">
        <span className="glyph" aria-hidden="true">
          ○
        </span>
        {name} does not hear you
      </p>
      <p className="hearer">
        <span className="glyph" aria-hidden="true">
          ○
        </span>
        You {call.carrier === 'gather' ? 'read' : 'do not hear'} {name}
      </p>
    </section>
  );
}

function EarlierCalls({ call }: CallSideProps) {
  const now = useClock();
  const past = useStore(recentCalls, calls => calls);
  const same = useMemo(
    () => past.filter(({ id, them }) => id !== call.id && them.number === call.them.number),
    [past, call.id, call.them.number],
  );
  return (
    <section className="side-part">
      <h2>
        Earlier calls <span className="count">{same.length}</span>
      </h2>
      {same.length === 0 ? <p className="second">None with this number.</p> : null}
      <ul className="past">
        {same.slice(0, SHOWN).map(earlier => (
          <li key={earlier.id}>
            <time title={formatMoment(earlier.startedAt)}>
              {formatWhen(earlier.startedAt, now)}
            </time>
            <span aria-hidden="true">{earlier.direction === 'inbound' ? '↓' : '↑'}</span>
            <span>{endWord(earlier)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
