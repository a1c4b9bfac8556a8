import { InlineProblem } from '../controls/inline-problem.tsx';
import { useClock } from '../state/clock.ts';
import { act } from '../state/refusals.ts';
import { useConsole } from '../state/use-console.ts';
import { testWords } from '../words/line-words.ts';
import { SettingRow } from './setting-row.tsx';

/** Whether Twilio reaches this computer, tested on the spot. */
export function TestRow() {
  const { test, address } = useConsole(state => state.line);
  const now = useClock();
  const testing = test.status === 'testing';
  const why = address.kind === 'none' ? 'There is no address to test' : undefined;
  return (
    <>
      <SettingRow
        name="Twilio reaches this computer"
        about={
          <span data-test={test.status}>
            {test.status === 'failed'
              ? 'It does not, as the last test found.'
              : testWords(test, now)}
          </span>
        }
      >
        <button
          type="button"
          className="button"
          disabled={testing || why !== undefined}
          aria-busy={testing}
          title={why}
          onClick={() => act({ command: 'test-line' })}
        >
          {testing ? 'Testing…' : 'Test the line'}
        </button>
      </SettingRow>
      {test.status === 'failed' && test.problem !== null ? (
        <InlineProblem problem={test.problem} />
      ) : null}
    </>
  );
}
