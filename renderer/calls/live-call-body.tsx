import { useRef } from 'react';
import type { LiveCall } from '../../electron/core/call.ts';
import { VolumeSlider } from '../controls/volume-slider.tsx';
import { act } from '../state/refusals.ts';
import { useConsole } from '../state/use-console.ts';
import type { Side } from '../waveform/level-ring.ts';
import { WaveLane } from '../waveform/wave-lane.tsx';
import { nameInState } from '../words/names.ts';

type LiveCallBodyProps = { readonly call: LiveCall };

/** A live call: both sides as moving waveforms, and how loud the other side plays here. */
export function LiveCallBody({ call }: LiveCallBodyProps) {
  const name = useConsole(state => nameInState(call, state));
  const held = call.heldAt !== null;
  return (
    <div className="call-body">
      <section className="lanes" aria-label="Waveforms" data-held={held}>
        <Lane call={call} side="them" who={name} />
        <Lane call={call} side="us" who="You" />
        <div className="lane-axis" aria-hidden="true">
          <span>15 s ago</span>
          <span>10 s</span>
          <span>5 s</span>
          <span>now</span>
        </div>
        {call.stream || held ? null : (
          <p className="lanes-note">Waiting for the sound of this call. Nobody hears you yet.</p>
        )}
        {held ? (
          <p className="lanes-note hold">
            ‖ {name} is on hold. You do not hear each other. H goes on.
          </p>
        ) : null}
      </section>
      <div className="volume-row">
        <span className="volume-name">You hear {name} at</span>
        <VolumeSlider
          label={`Volume of ${name}`}
          volume={call.volume}
          onChange={volume => act({ command: 'set-volume', callId: call.id, volume })}
        />
      </div>
    </div>
  );
}

type LaneProps = LiveCallBodyProps & { readonly side: Side; readonly who: string };

function Lane({ call, side, who }: LaneProps) {
  const twin = useRef<HTMLSpanElement>(null);
  return (
    <div className="lane" data-side={side}>
      <div className="lane-who">
        <strong className="cut">{who}</strong>
        <span className="lane-twin" ref={twin} />
      </div>
      <WaveLane
        callId={call.id}
        side={side}
        label={`${who}, waveform of the last 15 seconds`}
        pitch={4}
        held={call.heldAt !== null}
        twin={twin}
      />
    </div>
  );
}
