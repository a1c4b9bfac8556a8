import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useEffect, useState } from 'react';
import { SearchField } from '../controls/search-field.tsx';
import { Sheet } from '../shell/sheet.tsx';
import { type Licence, licencesFor, readLicences } from './licences.ts';
import { SettingRow } from './setting-row.tsx';

/** What this app is made of, and under which licences. */
export function LicencesRow() {
  const [open, setOpen] = useState(false);
  return (
    <SettingRow name="Licences" about="What others made that is part of Earshot.">
      <button type="button" className="button" onClick={() => setOpen(true)}>
        Licences
      </button>
      <Sheet open={open} onClose={() => setOpen(false)} className="sheet licences">
        <Dialog.Title>Licences</Dialog.Title>
        <Dialog.Description className="second">
          What others made that is part of Earshot. Thank you.
        </Dialog.Description>
        <LicenceList />
        <Dialog.Close className="button quiet icon sheet-close" aria-label="Close">
          <X size={16} aria-hidden="true" />
        </Dialog.Close>
      </Sheet>
    </SettingRow>
  );
}

function LicenceList() {
  const [all, setAll] = useState<readonly Licence[] | null>(null);
  const [failed, setFailed] = useState(false);
  const [typed, setTyped] = useState('');
  useEffect(() => {
    readLicences().then(setAll, () => setFailed(true));
  }, []);
  if (failed) return <p role="alert">The list could not be read. Install Earshot again.</p>;
  if (all === null) return null;
  const found = licencesFor(all, typed);
  return (
    <>
      <SearchField
        label="Search licences"
        hint="Name or licence"
        value={typed}
        onChange={setTyped}
      />
      <p className="second" role="status">
        {found.length === 1 ? '1 part' : `${found.length} parts`}
      </p>
      <ul className="licence-list">
        {found.map(({ name, version, licence, text, note }) => (
          <li key={`${name} ${version}`}>
            <details>
              <summary>
                {name}{' '}
                <span className="second">{[version, licence].filter(Boolean).join(' · ')}</span>
              </summary>
              {note === '' ? null : <p className="second">{note}</p>}
              <pre className="pick">{text}</pre>
            </details>
          </li>
        ))}
      </ul>
    </>
  );
}
