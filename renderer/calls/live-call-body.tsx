import { useMemo } from 'react';
import type { LiveCall } from '../../electron/core/call.ts';
import type { Marker } from '../../electron/core/recording.ts';
import { OverviewStrip } from '../replay/overview-strip.tsx';
import { type OnScreen, useOnScreen } from '../replay/player-on-screen.ts';
import { useRecordings } from '../replay/recordings-of.ts';
import { RewindBar } from '../replay/rewind-bar.tsx';
import { useConsole } from '../state/use-console.ts';
import { AgentField } from '../supervision/agent-field.tsx';
import { laneNames } from '../supervision/lane-names.ts';
import { PeopleChips } from '../supervision/people-chips.tsx';
import { Transcript } from '../transcript/transcript.tsx';
import { hearingSentence } from '../words/hearing-words.ts';
import { nameInState } from '../words/names.ts';
import { CallMix } from './call-mix.tsx';
import { aloneNames, hearingOf, isRewound } from './hearing.ts';
import { LiveLanes } from './live-lanes.tsx';

type LiveCallBodyProps = { readonly call: LiveCall };

/** How often it is asked anew what happened on the call, in ms. */
const MARKERS_EVERY_MS = 2000;

const NO_MARKERS: readonly Marker[] = [];

/** A live call: both sides as waveforms, the whole call to go back in, what is said, and how it is heard here. */
export function LiveCallBody({ call }: LiveCallBodyProps) {
  const name = useConsole(state => nameInState(call, state));
  const heard = useConsole(state => laneNames(call, state).heard);
  const us = useConsole(state => laneNames(call, state).us);
  const hearing = useConsole(state => hearingOf(call, state));
  const alone = useConsole(aloneNames);
  const rewound = useConsole(state => isRewound(call, state));
  const replay = useConsole(state => state.replay);
  const told = useRecordings(call.id, happenings(call), MARKERS_EVERY_MS);
  const markers = told === null || told.markers.length === 0 ? NO_MARKERS : told.markers;
  useOnScreen(useMemo<OnScreen>(() => ({ source: 'live', callId: call.id }), [call.id]));
  return (
    <div className="call-body live-body">
      {call.room === null ? null : <PeopleChips call={call} />}
      {call.agent === null ? null : <AgentField call={call} agent={call.agent} />}
      <section
        className="lanes"
        aria-label="Waveforms"
        data-held={call.heldAt !== null}
        data-rewound={rewound}
      >
        <LiveLanes call={call} name={name} us={us} rewound={rewound} markers={markers} />
        <OverviewStrip call={call} rewound={rewound} markers={markers} />
        <RewindBar
          call={call}
          name={heard}
          replay={rewound ? replay : null}
          hearing={hearingSentence(hearing, heard, alone)}
        />
      </section>
      <Transcript call={call} />
      <CallMix call={call} name={heard} />
    </div>
  );
}

/** Changes with everything that is marked and known here at once. */
function happenings({ heldAt, muted, recording }: LiveCall): string {
  return [heldAt, muted, recording?.id, recording?.paused].join();
}
