import { useMemo, useRef } from 'react';
import type { LiveCall } from '../../electron/core/call.ts';
import type { Marker } from '../../electron/core/recording.ts';
import { laneMarkers, markerNear, shortMarkerWords, stripMarks } from '../replay/marker-words.ts';
import { headMs, useHead } from '../replay/playhead.ts';
import { liveLengthMs } from '../replay/replay-acts.ts';
import { useClock } from '../state/clock.ts';
import { speakerAt } from '../waveform/call-source.ts';
import type { Side } from '../waveform/level-ring.ts';
import { SoundStrip, type StripSight } from '../waveform/sound-strip.tsx';
import { WaveLane } from '../waveform/wave-lane.tsx';
import { LANE_SECONDS } from '../waveform/waveform-geometry.ts';
import { isSoundHere } from './hearing.ts';

type LiveLanesProps = {
  readonly call: LiveCall;
  readonly name: string;
  /** Who speaks on the other side: this desk, those who serve, or both. */
  readonly us: string;
  readonly rewound: boolean;
  readonly markers: readonly Marker[];
};

const LANE_MS = LANE_SECONDS * 1000;
const SIDES = ['them', 'us'] as const;

/** Both sides of a live call as moving pictures: the last 15 s, or while rewound what is heard again. */
export function LiveLanes({ call, name, us, rewound, markers }: LiveLanesProps) {
  const held = call.heldAt !== null;
  return (
    <>
      <div className="lanes-now">
        {SIDES.map(side => (
          <Lane
            key={side}
            call={call}
            side={side}
            who={side === 'them' ? name : us}
            rewound={rewound}
            markers={markers}
          />
        ))}
        {isSoundHere(call) || held ? null : (
          <p className="lanes-note">Waiting for the sound of this call. Nobody hears you yet.</p>
        )}
        {held && !rewound ? (
          <p className="lanes-note hold">
            ‖ {name} is on hold. You do not hear each other. H goes on.
          </p>
        ) : null}
      </div>
      <div className="lane-axis" aria-hidden="true" data-rewound={rewound}>
        {(rewound
          ? ['7 s before', 'what you hear', '7 s after']
          : ['15 s ago', '10 s', '5 s', 'now']
        ).map(words => (
          <span key={words}>{words}</span>
        ))}
      </div>
    </>
  );
}

type LaneProps = Omit<LiveLanesProps, 'name' | 'us'> & {
  readonly side: Side;
  readonly who: string;
};

function Lane({ call, side, who, rewound, markers }: LaneProps) {
  const twin = useRef<HTMLSpanElement>(null);
  const marks = useMemo(() => stripMarks(laneMarkers(markers, side)), [markers, side]);
  return (
    <div className="lane" data-side={side}>
      <div className="lane-who">
        <strong className="cut" title={who}>
          {who}
        </strong>
        {rewound ? (
          <RewoundTwin call={call} side={side} markers={markers} />
        ) : (
          <span className="lane-twin" ref={twin} />
        )}
      </div>
      {rewound ? (
        <RewoundLane callId={call.id} side={side} who={who} marks={marks} />
      ) : (
        <WaveLane
          callId={call.id}
          side={side}
          label={`${who}, waveform of the last 15 seconds`}
          pitch={4}
          held={call.heldAt !== null}
          marks={marks}
          twin={twin}
        />
      )}
    </div>
  );
}

type RewoundLaneProps = {
  readonly callId: string;
  readonly side: Side;
  readonly who: string;
  readonly marks: ReturnType<typeof stripMarks>;
};

/** The sound around the playhead, which stands in the middle. */
function RewoundLane({ callId, side, who, marks }: RewoundLaneProps) {
  const sight = useMemo<StripSight>(
    () => ({
      view: () => {
        const at = headMs(callId);
        return { fromMs: at - LANE_MS / 2, toMs: at + LANE_MS / 2 };
      },
      lengthMs: () => liveLengthMs(callId),
      head: () => headMs(callId),
      draft: () => null,
    }),
    [callId],
  );
  return (
    <SoundStrip
      callId={callId}
      side={side}
      sight={sight}
      marks={marks}
      label={`${who}, waveform around what you hear`}
    />
  );
}

/** So long after a marker it is still named, in ms. */
const NAMED_MS = 2000;

type RewoundTwinProps = {
  readonly call: LiveCall;
  readonly side: Side;
  readonly markers: readonly Marker[];
};

/** Who speaks at the playhead or what happened there, in words. */
function RewoundTwin({ call, side, markers }: RewoundTwinProps) {
  useClock();
  const at = useHead(call.id);
  const near = markerNear(laneMarkers(markers, side), at, NAMED_MS);
  const says = speakerAt(call.id, at) === side ? 'speaking' : 'silent';
  return <span className="lane-twin cut">{near === null ? says : shortMarkerWords(near)}</span>;
}
