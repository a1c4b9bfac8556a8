import { Mic, MicOff, Pause, PhoneOff } from 'lucide-react';
import type { Call } from '../../electron/core/call.ts';
import { hangUp, toggleHold, toggleMicrophone } from '../keys/desk-acts.ts';
import { isToHangUp, noSoundWhy } from '../keys/key-targets.ts';
import { PlayerBar } from '../replay/player-bar.tsx';
import { act } from '../state/refusals.ts';
import { useConsole } from '../state/use-console.ts';
import { isByPhone } from '../supervision/phone-seat.ts';
import { shortName } from '../words/names.ts';
import { isToAnswer } from './call-sections.ts';
import { ControlButton } from './control-button.tsx';
import { Keypad } from './keypad.tsx';
import { RecordControl } from './record-control.tsx';
import { SayControl } from './say-control.tsx';

type ControlRowProps = { readonly call: Call };

/** The controls of a call, each always in the same place; empty while it rings here. After its end it is played here. */
export function ControlRow({ call }: ControlRowProps) {
  if (call.status === 'ended') return <PlayerBar call={call} />;
  if (isToAnswer(call)) return <div className="controls" />;
  const live = call.status === 'live' ? call : null;
  const reason = live === null ? `Works once ${shortName(call.them)} answers` : noSoundWhy(live);
  return (
    <div className="controls" role="toolbar" aria-label="Call controls" data-pane="controls">
      <MicrophoneButton call={call} />
      <ControlButton
        name="Hold"
        shortcut="hold"
        Icon={Pause}
        pressed={live !== null && live.heldAt !== null}
        look="hold"
        disabledWhy={reason}
        onPress={toggleHold}
      />
      <Keypad call={call} disabledWhy={reason} />
      <RecordControl call={call} disabledWhy={reason} />
      {live === null || reason !== undefined ? null : <SayControl call={live} />}
      <span className="controls-gap" />
      {isToHangUp(call) ? (
        <button type="button" className="control hang-up" onClick={() => hangUp(call)}>
          <PhoneOff size={16} aria-hidden="true" />
          Hang up
        </button>
      ) : null}
    </div>
  );
}

/** Mute, or the way to bring the one microphone to this call. */
function MicrophoneButton({ call }: ControlRowProps) {
  const here = useConsole(state => state.microphone === call.id);
  const live = call.status === 'live' ? call : null;
  if (live !== null && isByPhone(live)) {
    return (
      <ControlButton name="Mute" Icon={Mic} disabledWhy="You speak by your phone: mute it there" />
    );
  }
  if (live !== null && !here && noSoundWhy(live) === undefined) {
    return (
      <ControlButton
        name="Talk here"
        Icon={Mic}
        disabledWhy={live.heldAt === null ? undefined : 'Resume the call first'}
        onPress={() => act({ command: 'take-microphone', callId: call.id })}
      />
    );
  }
  return (
    <ControlButton
      name="Mute"
      shortcut="microphone"
      Icon={live?.muted === true ? MicOff : Mic}
      pressed={live?.muted === true}
      disabledWhy={live === null ? `Works once ${shortName(call.them)} answers` : noSoundWhy(live)}
      onPress={toggleMicrophone}
    />
  );
}
