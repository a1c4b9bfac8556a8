import { useId, useState } from 'react';
import { readCount } from './read-count.ts';

type CountFieldProps = {
  readonly label: string;
  readonly value: number;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
};

/** A whole number with its unit. Applies on Enter and on leaving the field; what is wrong is said below. */
export function CountField({ label, value, unit, min, max, onChange }: CountFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const [issue, setIssue] = useState('');
  const apply = () => {
    if (draft === null) return;
    const read = readCount(draft, min, max);
    setIssue(read.ok ? '' : read.words);
    if (!read.ok) return;
    setDraft(null);
    if (read.count !== value) onChange(read.count);
  };
  return (
    <span className="count-field">
      <input
        className="field"
        inputMode="numeric"
        aria-label={label}
        aria-invalid={issue !== ''}
        aria-describedby={`${id}-issue`}
        value={draft ?? String(value)}
        onChange={event => {
          setDraft(event.currentTarget.value);
          setIssue('');
        }}
        onBlur={apply}
        onKeyDown={event => {
          if (event.key === 'Enter') apply();
        }}
      />
      <span className="second">{unit}</span>
      <span id={`${id}-issue`} className="field-issue" role="alert">
        {issue}
      </span>
    </span>
  );
}
