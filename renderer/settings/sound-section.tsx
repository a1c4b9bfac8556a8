import { useEffect } from 'react';
import type { SoundSide } from '../../electron/core/sound.ts';
import { VolumeSlider } from '../controls/volume-slider.tsx';
import { DeviceMenu } from '../reach/device-menu.tsx';
import { act } from '../state/refusals.ts';
import { useConsole } from '../state/use-console.ts';
import { LevelMeter } from '../waveform/level-meter.tsx';
import { changeSettings } from './change-settings.ts';
import { Choice } from './choice.tsx';
import { HeardWords } from './heard-words.tsx';
import { SettingRow } from './setting-row.tsx';
import { Toggle } from './toggle.tsx';

/** Microphone, speaker and ring, each tried on the spot. While it is open the devices are, too. */
export function SoundSection() {
  const settings = useConsole(state => state.settings);
  const input = useConsole(state => state.sound.input);
  const output = useConsole(state => state.sound.output);
  useSoundCheck();
  return (
    <>
      <SoundProblem side={input} />
      <SoundProblem side={output} />
      <SettingRow name="Microphone" about={<HeardWords />}>
        <DeviceMenu side="input" look="field" />
        <LevelMeter of="captured" label="What the microphone picks up" />
      </SettingRow>
      <SettingRow name="Microphone volume" about="How loud others get you. 100 % is as picked up.">
        <VolumeSlider
          label="Microphone volume"
          volume={settings.inputVolume}
          onChange={inputVolume => changeSettings({ inputVolume })}
        />
      </SettingRow>
      <SettingRow name="Speaker" about="Plays a short voice here. It reaches nobody.">
        <DeviceMenu side="output" look="field" />
        <button type="button" className="button" onClick={() => act({ command: 'test-speaker' })}>
          Play a voice
        </button>
      </SettingRow>
      <SettingRow
        name="Speaker volume"
        about="For everything you hear. Each call has its own, too."
      >
        <VolumeSlider
          label="Speaker volume"
          volume={settings.outputVolume}
          onChange={outputVolume => changeSettings({ outputVolume })}
        />
      </SettingRow>
      <SettingRow
        name="Talking"
        about="Hold to talk: calls begin muted, and Space opens the microphone while it is held."
      >
        <Choice
          label="Talking"
          value={settings.talk}
          options={[
            ['open', 'Open when answered'],
            ['hold', 'Hold to talk'],
          ]}
          onChange={talk => changeSettings({ talk })}
        />
      </SettingRow>
      <SettingRow name="Ring sound" about="Plays on the speaker when a call rings here.">
        <Toggle
          label="Ring sound"
          on={settings.ringSound}
          onChange={ringSound => changeSettings({ ringSound })}
        />
      </SettingRow>
    </>
  );
}

function SoundProblem({ side }: { readonly side: SoundSide }) {
  if (side.status !== 'failed') return null;
  const { message, remedy, code } = side.problem;
  return (
    <div className="inline-problem" role="alert">
      <span className="glyph problem-glyph" aria-hidden="true">
        ▲
      </span>
      <p>
        {message} <span className="second">{remedy}</span>
      </p>
      <button type="button" className="button" onClick={() => act({ command: 'retry-sound' })}>
        Try again
      </button>
      {code === undefined ? null : <code className="code">{code}</code>}
    </div>
  );
}

function useSoundCheck(): void {
  useEffect(() => {
    const check = () => act({ command: 'sound-check', on: document.visibilityState === 'visible' });
    check();
    document.addEventListener('visibilitychange', check);
    return () => {
      document.removeEventListener('visibilitychange', check);
      act({ command: 'sound-check', on: false });
    };
  }, []);
}
