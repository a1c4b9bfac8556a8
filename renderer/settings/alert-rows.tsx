import { DEFAULT_SETTINGS, type Settings } from '../../electron/core/settings.ts';
import { CountField } from '../controls/count-field.tsx';
import { useConsole } from '../state/use-console.ts';
import { changeSettings } from './change-settings.ts';
import { SettingRow } from './setting-row.tsx';
import { Toggle } from './toggle.tsx';

type AlertSetting = keyof Pick<Settings, 'deadAirSeconds' | 'overTalkSeconds' | 'longHoldSeconds'>;

const ALERTS: readonly (readonly [setting: AlertSetting, name: string, about: string])[] = [
  ['deadAirSeconds', 'Nobody talks', 'Both sides are silent for so long, and nobody is on hold.'],
  ['overTalkSeconds', 'Both talk at once', 'Both sides talk at the same time for so long.'],
  ['longHoldSeconds', 'Long hold', 'Somebody is on hold for so long.'],
];

/** What else marks a call: how it is talked, not what is said. */
export function AlertRows() {
  const settings = useConsole(state => state.settings);
  return (
    <section className="settings-group" aria-label="Alerts">
      <h2>Alerts</h2>
      {ALERTS.map(([setting, name, about]) => (
        <AlertRow
          key={setting}
          name={name}
          about={about}
          seconds={settings[setting]}
          fallback={DEFAULT_SETTINGS[setting] ?? 0}
          onChange={seconds => changeSettings({ [setting]: seconds })}
        />
      ))}
      <SettingRow
        name="Notify of alerts"
        about="As notifications of the desktop too, while Earshot is in the background."
      >
        <Toggle
          label="Notify of alerts"
          on={settings.notifyOfAlerts}
          onChange={notifyOfAlerts => changeSettings({ notifyOfAlerts })}
        />
      </SettingRow>
    </section>
  );
}

type AlertRowProps = {
  readonly name: string;
  readonly about: string;
  /** Null: it never alerts. */
  readonly seconds: number | null;
  /** What it is when it is turned on again. */
  readonly fallback: number;
  readonly onChange: (seconds: number | null) => void;
};

function AlertRow({ name, about, seconds, fallback, onChange }: AlertRowProps) {
  return (
    <SettingRow name={name} about={about}>
      {seconds === null ? null : (
        <CountField
          label={`${name}, seconds`}
          value={seconds}
          unit="s"
          min={2}
          max={3600}
          onChange={onChange}
        />
      )}
      <Toggle label={name} on={seconds !== null} onChange={on => onChange(on ? fallback : null)} />
    </SettingRow>
  );
}
