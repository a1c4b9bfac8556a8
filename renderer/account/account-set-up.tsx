import { useEffect, useRef } from 'react';
import { useConsole } from '../state/use-console.ts';
import { AddressStep } from './address-step.tsx';
import { CredentialsStep } from './credentials-step.tsx';
import { NumberStep } from './number-step.tsx';
import { ResultStep } from './result-step.tsx';
import type { SetUp, SetUpStep } from './set-up.ts';
import { resultTitle } from './set-up-checks.ts';

type AccountSetUpProps = { readonly setUp: SetUp };

const TITLES: Readonly<Record<Exclude<SetUpStep, 'result'>, string>> = {
  credentials: 'Open the account',
  number: 'Choose a number',
  address: 'Let Twilio reach this computer',
};

const STEPS: readonly SetUpStep[] = ['credentials', 'number', 'address', 'result'];

/** Connects a Twilio account, one step at a time. A new step begins at its heading. */
export function AccountSetUp({ setUp }: AccountSetUpProps) {
  const { step } = setUp;
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step);
  const result = useConsole(state => resultTitle(state.line));

  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    heading.current?.focus();
  }, [step]);

  return (
    <section className="set-up" aria-label="Connect a Twilio account" data-step={step}>
      <header className="set-up-head">
        <h2 ref={heading} tabIndex={-1}>
          {step === 'result' ? result : TITLES[step]}
        </h2>
        <span className="second">
          {STEPS.indexOf(step) + 1} of {STEPS.length}
        </span>
      </header>
      {step === 'credentials' ? <CredentialsStep setUp={setUp} /> : null}
      {step === 'number' ? <NumberStep setUp={setUp} /> : null}
      {step === 'address' ? <AddressStep setUp={setUp} /> : null}
      {step === 'result' ? <ResultStep /> : null}
    </section>
  );
}
