import { useState } from 'react';
import { ask, askWhereToSave } from '../earshot.ts';
import { addRefusal } from '../state/refusals.ts';
import { SettingRow } from './setting-row.tsx';

/** Writes what helps to find a fault, wherever the system's sheet says. */
export function DiagnosticsRow() {
  const [saying, setSaying] = useState('');
  const save = async () => {
    setSaying('');
    const day = new Date().toISOString().slice(0, 10);
    const path = await askWhereToSave(`Earshot diagnostics ${day}.zip`);
    if (path === null) return;
    setSaying('Saving…');
    const outcome = await ask({ command: 'export-diagnostics', path });
    setSaying(outcome.ok ? `Saved as ${path.split(/[/\\]/).at(-1)}.` : '');
    if (!outcome.ok) addRefusal(outcome.problem);
  };
  return (
    <SettingRow
      name="Diagnostics"
      about="For whoever helps you to find a fault: versions, choices and how things stand. No number, name, word or key is in it."
    >
      <span className="second" role="status">
        {saying}
      </span>
      <button type="button" className="button" onClick={() => void save()}>
        Save diagnostics
      </button>
    </SettingRow>
  );
}
