import { useId } from 'react';
import { AccountFacts } from '../account/account-facts.tsx';
import { AccountSetUp } from '../account/account-set-up.tsx';
import { beginSetUp, leaveSetUp, setUpStore } from '../account/set-up-store.ts';
import { act } from '../state/refusals.ts';
import { useConsole } from '../state/use-console.ts';
import { useStore } from '../state/use-store.ts';
import { StepFoot } from './step-foot.tsx';

/** Which line to begin with: the practice line, which works now, or an account of Twilio. */
export function LineStep() {
  const name = useId();
  const { kind, accountKept, account } = useConsole(state => state.line);
  const setUp = useStore(setUpStore, value => value);
  const twilio = setUp !== null || kind === 'twilio';
  const choosePractice = () => {
    leaveSetUp();
    if (kind === 'twilio') act({ command: 'use-line', kind: 'practice' });
  };
  const chooseTwilio = () => {
    if (accountKept) act({ command: 'use-line', kind: 'twilio' });
    else beginSetUp();
  };
  return (
    <>
      <fieldset className="numbers">
        <legend className="unseen">Line</legend>
        <div className="pick-block" data-chosen={!twilio}>
          <label className="pick-row">
            <input type="radio" name={name} checked={!twilio} onChange={choosePractice} />
            <span className="pick-words">
              <strong>Practice line</strong>
              <span className="second pick-detail">Works now, no account needed.</span>
            </span>
          </label>
        </div>
        <div className="pick-block" data-chosen={twilio}>
          <label className="pick-row">
            <input type="radio" name={name} checked={twilio} onChange={chooseTwilio} />
            <span className="pick-words">
              <strong>Twilio account</strong>
              <span className="second pick-detail">Needs SID, token and a number: 2 minutes.</span>
            </span>
          </label>
          {setUp === null && kind === 'twilio' && account !== null ? (
            <div className="pick-fields">
              <AccountFacts account={account} />
            </div>
          ) : null}
          {setUp === null ? null : (
            <div className="pick-fields">
              <AccountSetUp setUp={setUp} />
            </div>
          )}
        </div>
      </fieldset>
      {setUp === null || setUp.step === 'result' ? <StepFoot /> : null}
    </>
  );
}
