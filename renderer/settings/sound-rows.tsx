import type { SoundSide } from '../../electron/core/sound.ts';
import { InlineProblem } from '../controls/inline-problem.tsx';
import { DeviceMenu } from '../reach/device-menu.tsx';
import { act } from '../state/refusals.ts';
import { useConsole } from '../state/use-console.ts';
import { LevelMeter } from '../waveform/level-meter.tsx';
import { HeardWords } from './heard-words.tsx';
import { SettingRow } from './setting-row.tsx';

/** Which microphone, and what it picks up now. */
export function MicrophoneRow() {
  return (
    <SettingRow name="Microphone" about={<HeardWords />}>
      <DeviceMenu side="input" look="field" />
      <LevelMeter of="captured" label="What the microphone picks up" />
    </SettingRow>
  );
}

/** Which speaker, and a voice to try it. @param onPlay told when the voice is asked for */
export function SpeakerRow({ onPlay }: { readonly onPlay?: () => void }) {
  return (
    <SettingRow name="Speaker" about="Plays a short voice here. It reaches nobody.">
      <DeviceMenu side="output" look="field" />
      <button
        type="button"
        className="button"
        onClick={() => {
          act({ command: 'test-speaker' });
          onPlay?.();
        }}
      >
        Play a voice
      </button>
    </SettingRow>
  );
}

/** What is wrong with microphone and speaker, if anything. */
export function SoundProblems() {
  const input = useConsole(state => state.sound.input);
  const output = useConsole(state => state.sound.output);
  return (
    <>
      <SoundProblem side={input} />
      <SoundProblem side={output} />
    </>
  );
}

function SoundProblem({ side }: { readonly side: SoundSide }) {
  if (side.status !== 'failed') return null;
  return (
    <InlineProblem problem={side.problem}>
      <button type="button" className="button" onClick={() => act({ command: 'retry-sound' })}>
        Try again
      </button>
    </InlineProblem>
  );
}
