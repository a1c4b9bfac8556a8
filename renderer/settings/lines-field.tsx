import { useId, useState } from 'react';
import { type LineLimits, readLines } from './typed-lines.ts';

type LinesFieldProps = {
  readonly label: string;
  readonly lines: readonly string[];
  readonly hint: string;
  readonly limits: LineLimits;
  readonly onLines: (lines: readonly string[]) => void;
};

/** Rows of the field: it grows with what is in it, within bounds. */
const ROWS = { least: 3, most: 8 } as const;

/** Entries, one a line. They apply on leaving the field; what cannot be taken stays, with the reason. */
export function LinesField({ label, lines, hint, limits, onLines }: LinesFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const [issue, setIssue] = useState('');
  const text = draft ?? lines.join('\n');
  const apply = () => {
    if (draft === null) return;
    const read = readLines(draft, limits);
    setIssue(read.ok ? '' : read.words);
    if (!read.ok) return;
    setDraft(null);
    if (read.lines.join('\n') !== lines.join('\n')) onLines(read.lines);
  };
  const rows = Math.max(ROWS.least, Math.min(ROWS.most, text.split('\n').length + 1));
  return (
    <span className="lines-field">
      <textarea
        className="field"
        aria-label={label}
        aria-invalid={issue !== ''}
        aria-describedby={`${id}-issue`}
        placeholder={hint}
        rows={rows}
        dir="auto"
        spellCheck={false}
        value={text}
        onChange={event => {
          setDraft(event.currentTarget.value);
          setIssue('');
        }}
        onBlur={apply}
        onKeyDown={event => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) apply();
        }}
      />
      <span id={`${id}-issue`} className="field-issue" role="alert">
        {issue === '' ? '' : `▲ ${issue}`}
      </span>
    </span>
  );
}
