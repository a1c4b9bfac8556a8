import { useClock } from '../state/clock.ts';
import { showSection } from '../state/navigation.ts';
import { useConsole } from '../state/use-console.ts';
import { lineGlance } from '../words/line-words.ts';

/** Whether calls can come and go, in the title bar; opens the settings of the line. */
export function LineStatus() {
  const line = useConsole(state => state.line);
  const now = useClock();
  const { state, glyph, words } = lineGlance(line, now);
  const why = line.problem ?? line.address.problem ?? line.test.problem;
  return (
    <button
      type="button"
      className="line-status"
      data-line={state}
      onClick={() => showSection('line')}
      title={state === 'ready' ? 'Line settings' : (why?.message ?? 'Line settings')}
    >
      <span className="glyph" aria-hidden="true">
        {glyph}
      </span>
      <span className="cut">{words}</span>
      <span className="unseen">{state === 'ready' ? ', ready' : ''}</span>
    </button>
  );
}
