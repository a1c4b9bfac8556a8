import type { LineState } from '../../electron/core/line.ts';
import { CheckGlyph } from '../controls/check-glyph.tsx';
import { ProblemCode } from '../controls/inline-problem.tsx';
import { useClock } from '../state/clock.ts';
import { act } from '../state/refusals.ts';
import { useConsole } from '../state/use-console.ts';
import { type SetUpCheck, setUpChecks } from './set-up-checks.ts';
import { leaveSetUp } from './set-up-store.ts';
import { TrialNote } from './trial-note.tsx';

const ACTS = {
  'take-number': { name: 'Send calls here', run: () => act({ command: 'take-number' }) },
  'retry-tunnel': { name: 'Try again', run: () => act({ command: 'retry-tunnel' }) },
  'test-line': { name: 'Try again', run: () => act({ command: 'test-line' }) },
} as const;

/** What came of it: ticks as the line tells them. */
export function ResultStep() {
  const line = useConsole(state => state.line);
  return (
    <div className="set-up-form">
      <LineChecks line={line} />
      {line.account?.type === 'trial' ? <TrialNote /> : null}
      <div className="step-acts">
        <button type="button" className="button large main" onClick={leaveSetUp}>
          Done
        </button>
      </div>
    </div>
  );
}

function LineChecks({ line }: { readonly line: LineState }) {
  const now = useClock();
  return (
    <ul className="checks result-checks" aria-label="What must hold">
      {setUpChecks(line, now).map(check => (
        <Check key={check.name} check={check} />
      ))}
    </ul>
  );
}

function Check({ check }: { readonly check: SetUpCheck }) {
  const { name, result, words, problem } = check;
  const help = check.act === null ? null : ACTS[check.act];
  return (
    <li data-result={result}>
      <CheckGlyph result={result} />
      <span className="check-words">
        <strong>{name}</strong>
        {words === '' ? null : <span className="second">{words}</span>}
        {problem === null ? null : (
          <span className="second pick">
            {problem.message} {problem.remedy} <ProblemCode problem={problem} />
          </span>
        )}
      </span>
      {help === null ? null : (
        <button type="button" className="button" onClick={help.run}>
          {help.name}
        </button>
      )}
    </li>
  );
}
