import { formatPhoneNumber } from '../../electron/core/phone-number.ts';
import { showSection } from '../state/navigation.ts';
import { useConsole } from '../state/use-console.ts';

/** Whether calls can come and go, in the title bar; opens the settings of the line. */
export function LineStatus() {
  const line = useConsole(state => state.line);
  const name =
    line.kind === 'practice'
      ? 'Practice line'
      : line.number === null
        ? 'Twilio line'
        : formatPhoneNumber(line.number);
  const [glyph, words] = {
    ready: ['✓', name],
    starting: ['◌', `${name} starting`],
    down: ['▲', `${name} down`],
  }[line.status] as [string, string];
  return (
    <button
      type="button"
      className="line-status"
      data-line={line.status}
      onClick={() => showSection('line')}
      title={line.problem?.message ?? 'Line settings'}
    >
      <span className="glyph" aria-hidden="true">
        {glyph}
      </span>
      <span className="cut">{words}</span>
      <span className="unseen">{line.status === 'ready' ? ', ready' : ''}</span>
    </button>
  );
}
