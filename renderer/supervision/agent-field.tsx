import { type FormEvent, useId, useState } from 'react';
import type { CallAgent } from '../../electron/core/agent.ts';
import type { LiveCall } from '../../electron/core/call.ts';
import type { Problem } from '../../electron/core/problem.ts';
import { InlineProblem } from '../controls/inline-problem.tsx';
import { ask } from '../earshot.ts';
import { useConsole } from '../state/use-console.ts';
import { nameInState } from '../words/names.ts';

type AgentFieldProps = { readonly call: LiveCall; readonly agent: CallAgent };

/** Longest text one command takes. */
const LONGEST_TEXT = 4096;

/** A field whose words only the voice agent gets, and the way to say it aloud to it. */
export function AgentField({ call, agent }: AgentFieldProps) {
  const id = useId();
  const customer = useConsole(state => nameInState(call, state));
  const [text, setText] = useState('');
  const [told, setTold] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const isThere = agent.status === 'serving' || agent.status === 'silent';
  const tell = async (event: FormEvent) => {
    event.preventDefault();
    const words = text.trim();
    if (words === '' || busy || !isThere) return;
    setBusy(true);
    const outcome = await ask({ command: 'whisper', callId: call.id, text: words });
    setBusy(false);
    setProblem(outcome.ok ? null : outcome.problem);
    if (!outcome.ok) return;
    setText('');
    setTold(words);
  };
  const speak = async () => {
    const { id: callId } = call;
    const outcome = agent.whispered
      ? await ask({ command: 'listen', callId })
      : await ask({ command: 'whisper', callId });
    setProblem(outcome.ok ? null : outcome.problem);
  };
  return (
    <form className="say tell-agent" onSubmit={event => void tell(event)}>
      {problem === null ? null : <InlineProblem problem={problem} />}
      <label htmlFor={id}>
        Only {agent.name} gets this; {customer} neither hears nor sees it.
      </label>
      <div className="say-row">
        <input
          id={id}
          className="field"
          data-tell-agent=""
          value={text}
          maxLength={LONGEST_TEXT}
          placeholder={`Tell ${agent.name}…`}
          autoComplete="off"
          disabled={!isThere}
          onChange={event => setText(event.currentTarget.value)}
        />
        <button type="submit" className="button" disabled={text.trim() === '' || busy || !isThere}>
          {busy ? 'Asking…' : 'Tell'}
        </button>
        <button
          type="button"
          className="button"
          aria-pressed={agent.whispered}
          disabled={agent.status !== 'serving'}
          title={`Your microphone goes to ${agent.name} alone; ${customer} does not hear it`}
          onClick={() => void speak()}
        >
          Speak to {agent.name}
        </button>
      </div>
      <p className="second cut" role="status">
        {told === '' ? '' : `Told ${agent.name}: ${told}`}
      </p>
    </form>
  );
}
