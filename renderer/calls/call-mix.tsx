import { Ear, VolumeX } from 'lucide-react';
import type { LiveCall } from '../../electron/core/call.ts';
import { VolumeSlider } from '../controls/volume-slider.tsx';
import { act } from '../state/refusals.ts';
import { useConsole } from '../state/use-console.ts';
import { type Hearing, hasCompany, hearingOf } from './hearing.ts';
import { PanSlider } from './pan-slider.tsx';

type CallMixProps = { readonly call: LiveCall; readonly name: string };

const HEARD = (name: string) => `You hear ${name} at`;
const NOT_HEARD = (name: string) => `You do not hear ${name}`;
const VOLUME = (name: string) => `Volume of ${name}`;

/** What stands beside the volume: never that somebody is heard who is not. */
const VOLUME_WORDS: Readonly<Record<Hearing, (name: string) => string>> = {
  heard: HEARD,
  rewound: HEARD,
  silenced: NOT_HEARD,
  'not-alone': NOT_HEARD,
  held: VOLUME,
  'no-speaker': NOT_HEARD,
  'no-sound': VOLUME,
  words: VOLUME,
};

/**
 * How the other side is heard here: how loud, not at all, and beside other calls where and whether
 * alone. The place of the second row is kept for the time there are other calls.
 */
export function CallMix({ call, name }: CallMixProps) {
  const hearing = useConsole(state => hearingOf(call, state));
  const company = useConsole(hasCompany);
  return (
    <section className="mix" aria-label={`How you hear ${name}`}>
      <div className="mix-row">
        <span className="mix-name cut">{VOLUME_WORDS[hearing](name)}</span>
        <VolumeSlider
          label={`Volume of ${name}`}
          volume={call.volume}
          onChange={volume => act({ command: 'set-volume', callId: call.id, volume })}
        />
        <button
          type="button"
          className="button mix-toggle"
          aria-pressed={call.silenced}
          title={`${name} is not heard at this desk; the call goes on`}
          onClick={() => act({ command: 'silence', callId: call.id, on: !call.silenced })}
        >
          <VolumeX size={14} aria-hidden="true" />
          Silence here
        </button>
      </div>
      <div className="mix-row">
        {company ? (
          <>
            <span className="mix-name cut">Place of {name}</span>
            <PanSlider
              label={`Place of ${name}, left to right`}
              pan={call.pan}
              onChange={pan => act({ command: 'set-pan', callId: call.id, pan })}
            />
            <button
              type="button"
              className="button mix-toggle"
              aria-pressed={call.solo}
              title={`Of all calls you hear only ${name}`}
              onClick={() => act({ command: 'solo', callId: call.id, on: !call.solo })}
            >
              <Ear size={14} aria-hidden="true" />
              Only this call
            </button>
          </>
        ) : null}
      </div>
    </section>
  );
}
