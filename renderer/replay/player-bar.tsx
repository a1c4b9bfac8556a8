import { Pause, Play } from 'lucide-react';
import type { EndedCall } from '../../electron/core/call.ts';
import { REPLAY_SPEEDS, type Replay } from '../../electron/core/replay.ts';
import { PickMenu } from '../controls/pick-menu.tsx';
import { platform } from '../earshot.ts';
import { type KeyAct, keysOf } from '../keys/key-table.ts';
import { KeyCap } from '../shell/key-cap.tsx';
import { useConsole } from '../state/use-console.ts';
import { useStore } from '../state/use-store.ts';
import { formatTimer } from '../words/times.ts';
import { type OnScreen, playerOnScreen } from './player-on-screen.ts';
import { useHead } from './playhead.ts';
import {
  listening,
  seekTurn,
  setSkipSilence,
  setSpeed,
  stepReplay,
  togglePlay,
} from './replay-acts.ts';
import { speedWords } from './replay-words.ts';

type PlayerBarProps = { readonly call: EndedCall };

const STEP_MS = 5000;
const SPEEDS = REPLAY_SPEEDS.map(speed => [String(speed), speedWords(speed)] as const);

/** Plays the recording on screen; its place stays empty while there is none. */
export function PlayerBar({ call }: PlayerBarProps) {
  const shown = useStore(playerOnScreen, sound => sound);
  const replay = useConsole(state => state.replay);
  if (shown?.source !== 'kept' || shown.callId !== call.id) return <div className="controls" />;
  return <Controls sound={shown} replay={replay?.callId === call.id ? replay : null} />;
}

type ControlsProps = {
  readonly sound: Extract<OnScreen, { source: 'kept' }>;
  readonly replay: Replay | null;
};

function Controls({ sound, replay }: ControlsProps) {
  const at = useHead(sound.callId);
  const chosen = useStore(listening, value => value);
  const playing = replay?.playing === true;
  const speed = replay?.speed ?? chosen.speed;
  const skips = replay?.skipSilence ?? chosen.skipSilence;
  return (
    <div className="controls player-bar" role="toolbar" aria-label="Player" data-pane="controls">
      <button type="button" className="control play" onClick={togglePlay}>
        {playing ? <Pause size={16} aria-hidden="true" /> : <Play size={16} aria-hidden="true" />}
        {playing ? 'Pause' : 'Play'}
        <KeyCap of="play" />
      </button>
      <StepButton
        name="← 5 s"
        label="5 s back"
        of="step-back"
        onPress={() => stepReplay(-STEP_MS)}
      />
      <StepButton name="5 s →" label="5 s on" of="step-on" onPress={() => stepReplay(STEP_MS)} />
      <StepButton
        name="⇧← Turn"
        label="Turn before"
        of="turn-back"
        wide
        onPress={() => void seekTurn(-1)}
      />
      <StepButton
        name="Turn ⇧→"
        label="Next turn"
        of="turn-on"
        wide
        onPress={() => void seekTurn(1)}
      />
      <PickMenu
        label="Speed"
        value={String(speed)}
        options={SPEEDS}
        onChange={value => {
          const next = REPLAY_SPEEDS.find(other => String(other) === value);
          if (next !== undefined) setSpeed(next);
        }}
      />
      <button
        type="button"
        className="button skip"
        aria-pressed={skips}
        onClick={() => setSkipSilence(!skips)}
      >
        Skip silence
        <span className="skip-tick" aria-hidden="true">
          {skips ? '✓' : ''}
        </span>
      </button>
      <span className="controls-gap" />
      <span className="player-time">
        <time>{formatTimer(at)}</time>
        <span className="second"> / {formatTimer(sound.lengthMs)}</span>
      </span>
    </div>
  );
}

type StepButtonProps = {
  readonly name: string;
  readonly label: string;
  readonly of: KeyAct;
  readonly wide?: boolean;
  readonly onPress: () => void;
};

function StepButton({ name, label, of, wide = false, onPress }: StepButtonProps) {
  return (
    <button
      type="button"
      className={wide ? 'button wide-only' : 'button'}
      aria-label={label}
      title={`${label} (${keysOf(of, platform)})`}
      onClick={onPress}
    >
      {name}
    </button>
  );
}
