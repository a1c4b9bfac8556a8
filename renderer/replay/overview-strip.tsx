import { useMemo, useRef } from 'react';
import type { LiveCall } from '../../electron/core/call.ts';
import type { Marker } from '../../electron/core/recording.ts';
import { useClock } from '../state/clock.ts';
import { SoundStrip, type StripSight } from '../waveform/sound-strip.tsx';
import { overviewOf, REWIND_MS } from '../waveform/strip-view.ts';
import { placedMarkerWords, stripMarks } from './marker-words.ts';
import { headMs, useHead } from './playhead.ts';
import { liveLengthMs, seekReplay } from './replay-acts.ts';
import { agoWords, spelledAgo } from './replay-words.ts';
import { type Draft, SeekSlider } from './seek-slider.tsx';

type OverviewStripProps = {
  readonly call: LiveCall;
  readonly rewound: boolean;
  readonly markers: readonly Marker[];
};

/** A live call so far, at most its last half hour, in one picture; pointing at it goes back there. */
export function OverviewStrip({ call, rewound, markers }: OverviewStripProps) {
  useClock();
  const at = useHead(call.id);
  const draft = useRef<Draft | null>(null);
  const marks = useMemo(() => stripMarks(markers), [markers]);
  const sight = useMemo<StripSight>(() => {
    const lengthMs = () => liveLengthMs(call.id);
    return {
      view: () => draft.current?.view ?? overviewOf(lengthMs()),
      lengthMs,
      head: () => (rewound ? headMs(call.id) : lengthMs()),
      draft: () => draft.current?.atMs ?? null,
    };
  }, [call.id, rewound]);
  const length = liveLengthMs(call.id);
  const behind = rewound ? length - at : 0;
  const whole = length < REWIND_MS;
  return (
    <div className="lane overview">
      <div className="lane-who">
        <strong className="cut">{whole ? 'Whole call' : 'Last 30 min'}</strong>
        <span className="lane-twin">{agoWords(behind)}</span>
      </div>
      <SeekSlider
        label="Go back in this call"
        minMs={Math.max(0, length - REWIND_MS)}
        maxMs={length}
        nowMs={rewound ? at : length}
        text={spelledAgo(behind)}
        view={sight.view}
        draft={draft}
        onSeek={seekReplay}
      >
        <SoundStrip
          callId={call.id}
          side="both"
          sight={sight}
          marks={marks}
          label={whole ? 'The whole call so far' : 'The last 30 minutes of this call'}
        />
      </SeekSlider>
      <ul className="unseen" aria-label="What happened on this call">
        {markers.map(marker => (
          <li key={`${marker.kind}-${marker.atMs}`}>{placedMarkerWords(marker)}</li>
        ))}
      </ul>
    </div>
  );
}
