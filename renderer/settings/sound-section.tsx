import { VolumeSlider } from '../controls/volume-slider.tsx';
import { useConsole } from '../state/use-console.ts';
import { changeSettings } from './change-settings.ts';
import { Choice } from './choice.tsx';
import { SettingRow } from './setting-row.tsx';
import { MicrophoneRow, SoundProblems, SpeakerRow } from './sound-rows.tsx';
import { EchoRow, LatencyRow, NoiseRow, OthersRow, SoundSystemRow } from './sound-way-rows.tsx';
import { Toggle } from './toggle.tsx';
import { useSoundCheck } from './use-sound-check.ts';

/** Microphone, speaker and ring, each tried on the spot. While it is open the devices are, too. */
export function SoundSection() {
  const settings = useConsole(state => state.settings);
  useSoundCheck();
  return (
    <>
      <SoundProblems />
      <MicrophoneRow />
      <SettingRow name="Microphone volume" about="How loud others get you. 100 % is as picked up.">
        <VolumeSlider
          label="Microphone volume"
          volume={settings.inputVolume}
          onChange={inputVolume => changeSettings({ inputVolume })}
        />
      </SettingRow>
      <NoiseRow />
      <SpeakerRow />
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
      <EchoRow />
      <OthersRow />
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
      <LatencyRow />
      <SoundSystemRow />
    </>
  );
}
