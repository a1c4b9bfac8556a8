import { type FormEvent, useState } from 'react';
import type { Problem } from '../../electron/core/problem.ts';
import { KEYED_TRANSCRIBERS, type KeyedTranscriber } from '../../electron/core/transcription.ts';
import { InlineProblem } from '../controls/inline-problem.tsx';
import { ask } from '../earshot.ts';
import { useConsole } from '../state/use-console.ts';
import { WRITER_NAMES } from '../transcript/writer-words.ts';
import { SettingRow } from './setting-row.tsx';
import { keyWords } from './transcript-options.ts';

/** The keys of the services that want one. A key is never shown again. */
export function KeyRows() {
  return (
    <section className="settings-group" aria-label="Keys of services">
      <h2>Keys of services</h2>
      {KEYED_TRANSCRIBERS.map(name => (
        <KeyRow key={name} transcriber={name} />
      ))}
    </section>
  );
}

function KeyRow({ transcriber }: { readonly transcriber: KeyedTranscriber }) {
  const kept = useConsole(state => state.transcriberKeys[transcriber]);
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const name = WRITER_NAMES[transcriber];
  const set = async (key: string | null) => {
    const outcome = await ask({ command: 'set-transcriber-key', transcriber, key });
    setProblem(outcome.ok ? null : outcome.problem);
    if (outcome.ok) setTyped('');
  };
  const use = (event: FormEvent) => {
    event.preventDefault();
    if (typed !== '') void set(typed);
  };
  return (
    <>
      <SettingRow
        name={`${name} key`}
        about={
          kept === null
            ? `Made in your account at ${name}. It goes only to ${name}.`
            : kept === 'this-run'
              ? 'It is gone when Earshot is closed. One from the environment stays until then.'
              : `It goes only to ${name} and is not shown again.`
        }
      >
        {kept === null ? (
          <form className="key-form" onSubmit={use}>
            <input
              className="field"
              type="password"
              aria-label={`${name} key`}
              placeholder={`Key of ${name}`}
              autoComplete="off"
              maxLength={500}
              value={typed}
              onChange={event => setTyped(event.currentTarget.value.trim())}
            />
            <button type="submit" className="button" disabled={typed === ''}>
              Use
              <span className="unseen"> the {name} key</span>
            </button>
          </form>
        ) : (
          <>
            <span className="line-word" data-line="ready">
              ✓ {keyWords(kept)}
            </span>
            <button type="button" className="button" onClick={() => void set(null)}>
              Forget
              <span className="unseen"> the {name} key</span>
            </button>
          </>
        )}
      </SettingRow>
      {problem === null ? null : <InlineProblem problem={problem} />}
    </>
  );
}
