import { formatPhoneNumber } from '../../electron/core/phone-number.ts';
import { ringMe } from '../keys/desk-acts.ts';
import { KeyCap } from '../shell/key-cap.tsx';
import { showLayer } from '../state/navigation.ts';
import { useConsole } from '../state/use-console.ts';
import { finishFirstRun } from './first-run-store.ts';
import { StepFoot } from './step-foot.tsx';
import { firstCall, firstCallWords } from './steps.ts';

/** A call, answered and ended: then the first run is over. */
export function CallStep() {
  const line = useConsole(state => state.line);
  const done = useConsole(state => firstCall(state.calls));
  const practice = line.ringsOnRequest;
  const again = done === null ? 'large main' : 'large';
  return (
    <>
      <p className="first-run-says" role="status">
        {done === null ? whatToDo(practice, line.number) : `✓ ${firstCallWords(done)}`}
      </p>
      <div className="first-run-acts">
        {done === null ? null : (
          <button type="button" className="button large main" onClick={finishFirstRun}>
            Finish
          </button>
        )}
        {practice ? (
          <button
            type="button"
            className={`button ${again}`}
            disabled={line.status !== 'ready'}
            title={line.status === 'ready' ? undefined : 'The line is not ready yet'}
            onClick={() => ringMe()}
          >
            {done === null ? 'Ring me' : 'Ring me again'}
          </button>
        ) : (
          <button type="button" className={`button ${again}`} onClick={() => showLayer('palette')}>
            Call someone <KeyCap of="palette" />
          </button>
        )}
      </div>
      <StepFoot />
    </>
  );
}

function whatToDo(practice: boolean, number: string | null): string {
  if (practice) return 'A practice caller will ring. Answer it, listen, then hang up. 30 seconds.';
  return number === null
    ? 'Call someone, or call your number from any phone.'
    : `Call ${formatPhoneNumber(number)} from any phone and answer here, or call someone.`;
}
