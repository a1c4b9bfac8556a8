import { useState } from 'react';

type DraftFieldProps = {
  readonly label: string;
  readonly value: string;
  readonly hint: string;
  readonly mostCharacters: number;
  /** Takes what was typed. @returns why it cannot be taken; null when it was */
  readonly onApply: (text: string) => string | null;
};

/** A text that applies on Enter and on leaving the field. What cannot be taken stays, with the reason. */
export function DraftField({ label, value, hint, mostCharacters, onApply }: DraftFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const [issue, setIssue] = useState<string | null>(null);
  const apply = () => {
    if (draft === null) return;
    const refused = draft.trim() === value ? null : onApply(draft.trim());
    setIssue(refused);
    if (refused === null) setDraft(null);
  };
  return (
    <span className="draft-field">
      <input
        className="field"
        aria-label={label}
        aria-invalid={issue !== null}
        placeholder={hint}
        maxLength={mostCharacters}
        autoComplete="off"
        spellCheck={false}
        value={draft ?? value}
        onChange={event => setDraft(event.currentTarget.value)}
        onBlur={apply}
        onKeyDown={event => {
          if (event.key === 'Enter') apply();
        }}
      />
      {issue === null ? null : (
        <span className="field-issue" role="alert">
          ▲ {issue}
        </span>
      )}
    </span>
  );
}
