import { Eye, EyeOff } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';

type TextFieldProps = {
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What it is for, or where it is found. */
  readonly about?: ReactNode;
  /** What is wrong with it; undefined when nothing is. */
  readonly issue?: string | undefined;
  readonly hint?: string;
  /** Hides what is typed, with a button to show it. */
  readonly secret?: boolean;
};

/** A field with its name above and what is wrong below. What is pasted loses the space around it. */
export function TextField({
  name,
  value,
  onChange,
  about,
  issue,
  hint,
  secret = false,
}: TextFieldProps) {
  const id = useId();
  const [seen, setSeen] = useState(false);
  return (
    <div className="text-field">
      <label htmlFor={id}>{name}</label>
      <div className="text-field-row">
        <input
          id={id}
          className="field"
          type={secret && !seen ? 'password' : 'text'}
          value={value}
          placeholder={hint}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          aria-invalid={issue !== undefined}
          aria-describedby={`${id}-about`}
          onChange={event => onChange(event.currentTarget.value.trim())}
        />
        {secret ? (
          <button
            type="button"
            className="button icon"
            aria-label={`Show ${name}`}
            aria-pressed={seen}
            title={seen ? 'Hide' : 'Show'}
            onClick={() => setSeen(!seen)}
          >
            {seen ? <EyeOff size={14} aria-hidden="true" /> : <Eye size={14} aria-hidden="true" />}
          </button>
        ) : null}
      </div>
      <div id={`${id}-about`} className="text-field-about">
        {issue === undefined ? null : <span className="field-issue">▲ {issue}</span>}
        {about === undefined ? null : <span className="second">{about}</span>}
      </div>
    </div>
  );
}
