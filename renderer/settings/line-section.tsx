import { AccountSetUp } from '../account/account-set-up.tsx';
import { setUpStore } from '../account/set-up-store.ts';
import { InlineProblem } from '../controls/inline-problem.tsx';
import { useConsole } from '../state/use-console.ts';
import { useStore } from '../state/use-store.ts';
import { LineChooser } from './line-chooser.tsx';
import { PracticeRows } from './practice-rows.tsx';
import { TwilioRows } from './twilio-rows.tsx';

/** Where calls come from: which line is in use, and everything about it. */
export function LineSection() {
  const line = useConsole(state => state.line);
  const setUp = useStore(setUpStore, value => value);
  return (
    <>
      {line.signaturesChecked ? null : <Unchecked />}
      <LineChooser />
      {line.problem === null ? null : <InlineProblem problem={line.problem} />}
      {setUp !== null ? (
        <AccountSetUp setUp={setUp} />
      ) : line.kind === 'practice' ? (
        <PracticeRows />
      ) : (
        <TwilioRows />
      )}
    </>
  );
}

/** Loud, because anybody who knows the address could make calls appear. */
function Unchecked() {
  return (
    <div className="inline-problem loud" role="alert">
      <span className="glyph problem-glyph" aria-hidden="true">
        ▲
      </span>
      <p>
        <strong>Requests are let in unchecked.</strong> Whoever knows this computer’s address can
        make calls appear here and end them.{' '}
        <span className="second">
          Start Earshot without EARSHOT_SKIP_SIGNATURE=1: that switch is for development.
        </span>
      </p>
    </div>
  );
}
