import { useState } from 'react';
import { ask, askWhereToSave } from '../earshot.ts';
import { addRefusal } from '../state/refusals.ts';

const FORMATS = [
  ['csv', 'Export CSV'],
  ['json', 'Export JSON'],
] as const;

type Format = (typeof FORMATS)[number][0];

/** Writes the whole audit to a file of its own, wherever the system's sheet says. */
export function AuditExport() {
  const [saying, setSaying] = useState('');
  const save = async (format: Format) => {
    setSaying('');
    const day = new Date().toISOString().slice(0, 10);
    const path = await askWhereToSave(`Earshot audit ${day}.${format}`);
    if (path === null) return;
    setSaying('Saving…');
    const outcome = await ask({ command: 'export-audit', path, format });
    setSaying(outcome.ok ? `Saved as ${path.split(/[/\\]/).at(-1)}.` : '');
    if (!outcome.ok) addRefusal(outcome.problem);
  };
  return (
    <div className="audit-export">
      <p className="second" role="status">
        {saying}
      </p>
      {FORMATS.map(([format, name]) => (
        <button key={format} type="button" className="button" onClick={() => void save(format)}>
          {name}
        </button>
      ))}
    </div>
  );
}
