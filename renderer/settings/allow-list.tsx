import { X } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { formatPhoneNumber } from '../../electron/core/phone-number.ts';
import { useConsole } from '../state/use-console.ts';
import { addNumber } from './allowed-numbers.ts';
import { changeSettings } from './change-settings.ts';

/** The numbers that may ring here, to be added and taken off. */
export function AllowList() {
  const id = useId();
  const list = useConsole(state => state.settings.allowList);
  const [text, setText] = useState('');
  const [issue, setIssue] = useState('');
  const add = (event: FormEvent) => {
    event.preventDefault();
    const added = addNumber(list, text);
    setIssue(added.ok ? '' : added.words);
    if (!added.ok) return;
    setText('');
    changeSettings({ allowList: [...added.list] });
  };
  return (
    <section className="allow-list" aria-label="Numbers that may ring here">
      {list.length === 0 ? (
        <p className="second">No number is on the list: nobody can ring here.</p>
      ) : (
        <ul>
          {list.map(number => (
            <li key={number}>
              <span className="pick">{formatPhoneNumber(number)}</span>
              <button
                type="button"
                className="button quiet icon"
                aria-label={`Take ${formatPhoneNumber(number)} off the list`}
                title="Take off the list"
                onClick={() => changeSettings({ allowList: list.filter(kept => kept !== number) })}
              >
                <X size={14} aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <form className="allow-form" onSubmit={add}>
        <input
          className="field"
          aria-label="Number to add"
          aria-invalid={issue !== ''}
          aria-describedby={`${id}-issue`}
          placeholder="+1 415 555 0177"
          autoComplete="off"
          value={text}
          onChange={event => {
            setText(event.currentTarget.value);
            setIssue('');
          }}
        />
        <button type="submit" className="button">
          Add
        </button>
        <span id={`${id}-issue`} className="field-issue" role="alert">
          {issue}
        </span>
      </form>
    </section>
  );
}
