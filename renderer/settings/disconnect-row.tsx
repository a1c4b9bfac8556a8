import { useState } from 'react';
import type { Problem } from '../../electron/core/problem.ts';
import { leaveSetUp } from '../account/set-up-store.ts';
import { InlineProblem } from '../controls/inline-problem.tsx';
import { ask } from '../earshot.ts';
import { SettingRow } from './setting-row.tsx';

/** Forgets the account, asked once more in place. */
export function DisconnectRow() {
  const [step, setStep] = useState<'idle' | 'asking' | 'busy'>('idle');
  const [problem, setProblem] = useState<Problem | null>(null);
  const disconnect = async () => {
    setStep('busy');
    const outcome = await ask({ command: 'disconnect-account' });
    setStep('idle');
    setProblem(outcome.ok ? null : outcome.problem);
    if (outcome.ok) leaveSetUp();
  };
  return (
    <>
      <SettingRow
        name={step === 'idle' ? 'Disconnect' : 'Disconnect this account?'}
        about={
          step === 'idle'
            ? 'Gives the number back and forgets the account.'
            : 'Its calls no longer ring here, and SID and token are forgotten.'
        }
      >
        {step === 'idle' ? (
          <button type="button" className="button" onClick={() => setStep('asking')}>
            Disconnect…
          </button>
        ) : (
          <>
            <button
              type="button"
              className="button danger"
              disabled={step === 'busy'}
              onClick={() => void disconnect()}
            >
              {step === 'busy' ? 'Giving it back…' : 'Disconnect'}
            </button>
            <button
              type="button"
              className="button"
              disabled={step === 'busy'}
              onClick={() => setStep('idle')}
            >
              Keep it
            </button>
          </>
        )}
      </SettingRow>
      {problem === null ? null : <InlineProblem problem={problem} />}
    </>
  );
}
