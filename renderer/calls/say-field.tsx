import { type FormEvent, useId, useState } from 'react';
import type { CallId } from '../../electron/core/call.ts';
import type { Problem } from '../../electron/core/problem.ts';
import { InlineProblem } from '../controls/inline-problem.tsx';
import { ask } from '../earshot.ts';

type SayFieldProps = {
  readonly callId: CallId;
  readonly label: string;
  /** Shown while the field is empty. */
  readonly hint: string;
  readonly takesFocus?: boolean;
};

/** Longest text one command speaks. Source: `<Say>`, 4096 characters. */
const LONGEST_TEXT = 4096;

/** A field whose words are spoken into the call on Enter. */
export function SayField({ callId, label, hint, takesFocus = false }: SayFieldProps) {
  const id = useId();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const say = async (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '' || busy) return;
    setBusy(true);
    const outcome = await ask({ command: 'say', callId, text: text.trim() });
    setBusy(false);
    setProblem(outcome.ok ? null : outcome.problem);
    if (outcome.ok) setText('');
  };
  return (
    <form className="say" onSubmit={event => void say(event)}>
      {problem === null ? null : <InlineProblem problem={problem} />}
      <label htmlFor={id}>{label}</label>
      <div className="say-row">
        <input
          id={id}
          className="field"
          value={text}
          maxLength={LONGEST_TEXT}
          placeholder={hint}
          autoComplete="off"
          // biome-ignore lint/a11y/noAutofocus: the person has just opened this field to type into it
          autoFocus={takesFocus}
          onChange={event => setText(event.currentTarget.value)}
        />
        <button type="submit" className="button" disabled={text.trim() === '' || busy}>
          {busy ? 'Asking…' : 'Say'}
        </button>
      </div>
    </form>
  );
}
