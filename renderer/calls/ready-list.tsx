import { useMemo } from 'react';
import { CheckGlyph } from '../controls/check-glyph.tsx';
import { useClock } from '../state/clock.ts';
import { showSection } from '../state/navigation.ts';
import { useConsole } from '../state/use-console.ts';
import { type ReadyCheck, readyChecks, readySummary } from './ready-checks.ts';

/** What must hold for a call to work, line by line. */
export function ReadyList() {
  const checks = useReadyChecks();
  return (
    <section className="side-part">
      <h2>Ready?</h2>
      <ul className="checks">
        {checks.map(check => (
          <li key={check.name} data-result={check.result}>
            <CheckGlyph result={check.result} />
            <span className="check-words">
              <strong>{check.name}</strong> <span className="second">{check.words}</span>
            </span>
            {check.result === 'failed' || check.result === 'note' ? (
              <button
                type="button"
                className="button small"
                aria-label={`Open settings for ${check.name}`}
                onClick={() => showSection(check.section)}
              >
                Open
              </button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The same in one line, where the window has no room beside the call. */
export function ReadyLine() {
  const checks = useReadyChecks();
  const first =
    checks.find(check => check.result === 'failed') ??
    checks.find(check => check.result === 'note');
  return (
    <button
      type="button"
      className="button quiet ready-line"
      onClick={() => showSection(first?.section ?? 'sound')}
    >
      {readySummary(checks)} ›
    </button>
  );
}

function useReadyChecks(): readonly ReadyCheck[] {
  const state = useConsole(whole => whole);
  const now = useClock();
  return useMemo(() => readyChecks(state, now), [state, now]);
}
