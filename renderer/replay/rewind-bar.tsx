import type { LiveCall } from '../../electron/core/call.ts';
import type { Replay } from '../../electron/core/replay.ts';
import { KeyCap } from '../shell/key-cap.tsx';
import { useClock } from '../state/clock.ts';
import { useConsole } from '../state/use-console.ts';
import { useHead } from './playhead.ts';
import { jumpToLive, liveLengthMs, setSpeed, togglePlay } from './replay-acts.ts';
import { agoWords, speedWords } from './replay-words.ts';

type RewindBarProps = {
  readonly call: LiveCall;
  readonly name: string;
  /** The replay of this call; null while it is heard as it is. */
  readonly replay: Replay | null;
  /** What of the other side is heard now, as a sentence. */
  readonly hearing: string;
};

/** Under a live call: whether it is heard as it is or rewound, and the way back and forth. */
export function RewindBar({ call, name, replay, hearing }: RewindBarProps) {
  useClock();
  const at = useHead(call.id);
  const heardThere = useConsole(state => state.reach === call.id);
  if (replay === null) {
    const nothing = liveLengthMs(call.id) === 0;
    return (
      <div className="rewind-bar">
        <p className="rewind-words cut">
          {hearing} <span className="second">Click the strip to hear again what was said.</span>
        </p>
        <button
          type="button"
          className="button small"
          disabled={nothing}
          title={nothing ? 'Nothing has been heard yet' : undefined}
          onClick={togglePlay}
        >
          Hear the last 10 s
        </button>
      </div>
    );
  }
  const behind = agoWords(liveLengthMs(call.id) - at);
  return (
    <div className="rewind-bar" data-rewound="true">
      <p className="rewind-words cut">
        <strong>
          {replay.playing ? 'You hear' : 'Paused at'} {behind} · {speedWords(replay.speed)}
        </strong>
        {heardThere ? <span className="rewind-reach">{name} still hears you.</span> : null}
      </p>
      <button type="button" className="button small" onClick={togglePlay}>
        {replay.playing ? 'Pause' : 'Play'} <KeyCap of="play" />
      </button>
      <button
        type="button"
        className="button small"
        aria-label="Catch up 1.5×"
        aria-pressed={replay.speed > 1}
        onClick={() => setSpeed(replay.speed > 1 ? 1 : 1.5)}
      >
        <span className="roomy">Catch up</span> 1.5×
      </button>
      <button type="button" className="button small main" onClick={() => jumpToLive(call.id)}>
        Jump to live
      </button>
    </div>
  );
}
