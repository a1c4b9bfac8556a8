import { platform, version } from '../earshot.ts';
import { DiagnosticsRow } from './diagnostics-row.tsx';
import { LicencesRow } from './licences-row.tsx';
import { SettingRow } from './setting-row.tsx';
import { UpdateRows } from './update-rows.tsx';

const SYSTEMS = { darwin: 'macOS', win32: 'Windows', linux: 'Linux' } as const;

/** What this app is. */
export function AboutSection() {
  return (
    <>
      <SettingRow name="Earshot" about="A desktop console for live phone calls.">
        <span className="pick">{version}</span>
      </SettingRow>
      <SettingRow name="System">
        <span className="pick">{SYSTEMS[platform]}</span>
      </SettingRow>
      <UpdateRows />
      <LicencesRow />
      <DiagnosticsRow />
    </>
  );
}
