import { togglePause, usePlace } from '../state/navigation.ts';
import { useConsole } from '../state/use-console.ts';
import { changeSettings } from './change-settings.ts';
import { Choice } from './choice.tsx';
import { SettingRow } from './setting-row.tsx';
import { Toggle } from './toggle.tsx';

/** How the window looks. */
export function AppearanceSection() {
  const theme = useConsole(state => state.settings.theme);
  const paused = usePlace(place => place.paused);
  return (
    <>
      <SettingRow name="Theme" about="System follows the light or dark of this computer.">
        <Choice
          label="Theme"
          value={theme}
          options={[
            ['system', 'System'],
            ['light', 'Light'],
            ['dark', 'Dark'],
          ]}
          onChange={next => changeSettings({ theme: next })}
        />
      </SettingRow>
      <SettingRow
        name="Moving waveforms"
        about="Off, they stand still until Earshot is opened again. Sound is not affected."
      >
        <Toggle label="Moving waveforms" on={!paused} onChange={togglePause} />
      </SettingRow>
    </>
  );
}
