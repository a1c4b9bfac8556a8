import { PickMenu } from '../controls/pick-menu.tsx';
import { useConsole } from '../state/use-console.ts';
import { changeSettings } from './change-settings.ts';
import { Choice } from './choice.tsx';
import { NoticeField } from './notice-field.tsx';
import {
  daysOf,
  keepOptions,
  POLICY_OPTIONS,
  RECORDER_OPTIONS,
  RECORDER_WORDS,
} from './recording-options.ts';
import { SettingRow } from './setting-row.tsx';

/** Which calls are recorded, by whom, what is said first, and how long it is kept. */
export function RecordingSection() {
  const settings = useConsole(state => state.settings);
  return (
    <>
      <SettingRow
        name="Calls to record"
        about="From their start. R starts and stops the recording of any call."
      >
        <PickMenu
          label="Calls to record"
          value={settings.record}
          options={POLICY_OPTIONS}
          onChange={value => {
            const record = POLICY_OPTIONS.find(([option]) => option === value)?.[0];
            if (record !== undefined) changeSettings({ record });
          }}
        />
      </SettingRow>
      <SettingRow name="Who records" about={RECORDER_WORDS[settings.recorder]}>
        <Choice
          label="Who records"
          value={settings.recorder}
          options={RECORDER_OPTIONS}
          onChange={recorder => changeSettings({ recorder })}
        />
      </SettingRow>
      <SettingRow
        name="Announcement"
        about="Said to both sides when a recording starts. In many places the law asks for consent."
      >
        <NoticeField />
      </SettingRow>
      <SettingRow
        name="Keep recordings"
        about="Older ones are deleted from this computer by themselves. Twilio keeps its own."
      >
        <PickMenu
          label="Keep recordings"
          value={String(settings.keepRecordingsDays ?? 'ever')}
          options={keepOptions(settings.keepRecordingsDays)}
          onChange={value => changeSettings({ keepRecordingsDays: daysOf(value) })}
        />
      </SettingRow>
      <SettingRow
        name="Where they are kept"
        about="As stereo WAV files in the folder “recordings” of Earshot’s data: left is the other side, right is you."
      >
        <span className="second">on this computer</span>
      </SettingRow>
    </>
  );
}
