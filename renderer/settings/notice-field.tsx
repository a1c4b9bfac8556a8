import { useState } from 'react';
import { useConsole } from '../state/use-console.ts';
import { changeSettings } from './change-settings.ts';
import { SAMPLE_NOTICE } from './recording-options.ts';

/** Most characters of a notice; it is spoken at the start of each recording. */
const MOST_CHARACTERS = 500;

/** What both sides are told when a recording starts. Applies on Enter and on leaving the field. */
export function NoticeField() {
  const notice = useConsole(state => state.settings.recordNotice);
  const [draft, setDraft] = useState<string | null>(null);
  const apply = () => {
    if (draft === null) return;
    setDraft(null);
    if (draft.trim() !== notice) changeSettings({ recordNotice: draft.trim() });
  };
  return (
    <>
      <input
        className="field notice-field"
        aria-label="Announcement"
        placeholder="Nothing is said"
        maxLength={MOST_CHARACTERS}
        value={draft ?? notice}
        onChange={event => setDraft(event.currentTarget.value)}
        onBlur={apply}
        onKeyDown={event => {
          if (event.key === 'Enter') apply();
        }}
      />
      <button
        type="button"
        className="button"
        disabled={(draft ?? notice) === SAMPLE_NOTICE}
        onClick={() => {
          setDraft(null);
          changeSettings({ recordNotice: SAMPLE_NOTICE });
        }}
      >
        Use a sample
      </button>
    </>
  );
}
