import { X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { showSection } from '../state/navigation.ts';
import { act, dismissRefusal, refusals } from '../state/refusals.ts';
import { useConsole } from '../state/use-console.ts';
import { useStore } from '../state/use-store.ts';
import { type BannerProblem, bannerProblems, type Remedy } from './banner-problems.ts';

const REMEDY_ACTS: Readonly<Record<Exclude<Remedy, null>, { name: string; run: () => void }>> = {
  'retry-sound': { name: 'Try again', run: () => act({ command: 'retry-sound' }) },
  'another-port': { name: 'Use another port', run: () => act({ command: 'open-line', port: 0 }) },
  'sound-settings': { name: 'Open Sound settings', run: () => showSection('sound') },
  'line-settings': { name: 'Open Line settings', run: () => showSection('line') },
};

/** One problem at a time under the title bar: what happened, what still works, and the next step. */
export function ProblemBanner() {
  const problems = useConsole(state => state.problems);
  const line = useConsole(state => state.line);
  const refused = useStore(refusals, value => value);
  const all = useMemo(() => bannerProblems({ problems, line }, refused), [problems, line, refused]);
  const [chosen, choose] = useState(0);
  const index = chosen < all.length ? chosen : 0;
  const shown = all[index];
  if (shown === undefined) return null;
  const remedy = shown.remedy === null ? null : REMEDY_ACTS[shown.remedy];
  const { message, remedy: nextStep, code } = shown.problem;
  return (
    <section className="banner" aria-label="Problem" data-problem={shown.problem.kind}>
      <span className="glyph problem-glyph" aria-hidden="true">
        ▲
      </span>
      <p role="alert">
        <span className="banner-message">{message}</span>{' '}
        <span className="banner-remedy">{nextStep}</span>{' '}
        {code === undefined ? null : <code className="code">{code}</code>}
      </p>
      {remedy === null ? null : (
        <button type="button" className="button" onClick={remedy.run}>
          {remedy.name}
        </button>
      )}
      {all.length > 1 ? (
        <button
          type="button"
          className="button quiet"
          aria-label={`Problem ${index + 1} of ${all.length}, show the next`}
          onClick={() => choose((index + 1) % all.length)}
        >
          {index + 1} of {all.length}
        </button>
      ) : null}
      {shown.source === 'line' ? null : (
        <button
          type="button"
          className="button quiet icon"
          aria-label="Dismiss"
          title="Dismiss"
          onClick={() => dismiss(shown)}
        >
          <X size={14} aria-hidden="true" />
        </button>
      )}
    </section>
  );
}

function dismiss({ id, source }: BannerProblem): void {
  if (source === 'refusal') dismissRefusal(id);
  else act({ command: 'dismiss-problem', problemId: id });
}
