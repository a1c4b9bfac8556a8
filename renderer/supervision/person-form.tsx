import { type FormEvent, useId, useMemo, useState } from 'react';
import type { LiveCall } from '../../electron/core/call.ts';
import type { Problem } from '../../electron/core/problem.ts';
import { pastCalls } from '../calls/call-sections.ts';
import { InlineProblem } from '../controls/inline-problem.tsx';
import { ask } from '../earshot.ts';
import { recentCalls } from '../state/recent-calls.ts';
import { useConsole } from '../state/use-console.ts';
import { useStore } from '../state/use-store.ts';
import { type FoundPerson, findPeople } from './find-person.ts';
import type { PersonWanted } from './over-call.ts';

type PersonFormProps = {
  readonly call: LiveCall;
  readonly wanted: PersonWanted;
  readonly onDone: () => void;
};

type Way = 'warm' | 'cold';

/** A field that takes a number or a name, whom it means, and how a call is given away. */
export function PersonForm({ call, wanted, onDone }: PersonFormProps) {
  const id = useId();
  const [text, setText] = useState('');
  const [way, setWay] = useState<Way>('warm');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const directory = useConsole(state => state.line.directory);
  const calls = useConsole(state => state.calls);
  const history = useStore(recentCalls, past => past);
  const found = useMemo(
    () => findPeople(text, { directory, history: pastCalls(calls, history) }, numbersOn(call)),
    [text, directory, calls, history, call],
  );
  const bring = async (person: FoundPerson | undefined) => {
    if (person === undefined || busy) return;
    setBusy(true);
    const outcome =
      wanted === 'add'
        ? await ask({ command: 'add-person', callId: call.id, to: person.to })
        : await ask({ command: 'transfer', callId: call.id, to: person.to, kind: way });
    setBusy(false);
    if (outcome.ok) return onDone();
    setProblem(outcome.problem);
  };
  const act = wanted === 'add' ? 'Add' : 'Transfer';
  return (
    <form
      className="person-form"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void bring(found[0]);
      }}
    >
      {problem === null ? null : <InlineProblem problem={problem} />}
      <label htmlFor={id}>Number or name</label>
      <div className="say-row">
        <input
          id={id}
          className="field"
          value={text}
          placeholder="+1 415 555 0142, or Sam"
          autoComplete="off"
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: the person has just opened this field to type into it
          autoFocus
          onChange={event => {
            setText(event.currentTarget.value);
            setProblem(null);
          }}
        />
        <button
          type="submit"
          className="button main"
          disabled={found[0] === undefined || text.trim() === '' || busy}
        >
          {busy ? 'Asking…' : act}
        </button>
      </div>
      {wanted === 'add' ? null : (
        <fieldset className="person-ways">
          <legend className="unseen">How</legend>
          {(['warm', 'cold'] as const).map(each => (
            <label key={each}>
              <input
                type="radio"
                name={`${id}-way`}
                checked={way === each}
                onChange={() => setWay(each)}
              />
              {each === 'warm' ? 'Warm: I stay until I leave' : 'Cold: I leave at once'}
            </label>
          ))}
        </fieldset>
      )}
      <ul className="people-found" aria-label="People">
        {found.map(person => (
          <li key={person.to}>
            <button
              type="button"
              className="button quiet"
              disabled={busy}
              onClick={() => void bring(person)}
            >
              <strong className="cut">{person.name}</strong>
              <span className="second cut">{person.detail}</span>
              <span>{act}</span>
            </button>
          </li>
        ))}
      </ul>
      {text.trim() !== '' && found.length === 0 ? (
        <p className="second">Nobody by that name. Digits make a number.</p>
      ) : null}
    </form>
  );
}

/** Who is on the call already. */
function numbersOn({ them, room }: LiveCall): ReadonlySet<string> {
  return new Set([them.number, ...(room?.legs.map(leg => leg.party.number) ?? [])]);
}
