import { type ReactNode, useId } from 'react';
import { formatPhoneNumber } from '../../electron/core/phone-number.ts';
import { focusFirstIssue } from '../controls/focus-first-issue.ts';
import { InlineProblem } from '../controls/inline-problem.tsx';
import { TextField } from '../controls/text-field.tsx';
import { goesToWords } from '../words/account-words.ts';
import { addressIssues, chosenNumber, cleanDomain, type SetUp } from './set-up.ts';
import { changeSetUp, connectAccount } from './set-up-store.ts';
import { StepActs } from './step-acts.tsx';

type AddressStepProps = { readonly setUp: SetUp };

/** How Twilio reaches this computer, and the last question before the number is used. */
export function AddressStep({ setUp }: AddressStepProps) {
  const { tunnelToken, domain, url, busy, problem, asksToTake } = setUp;
  const issues = setUp.tried ? addressIssues(setUp) : {};
  return (
    <form
      className="set-up-form"
      onSubmit={event => {
        event.preventDefault();
        void connectAccount();
        focusFirstIssue(event.currentTarget);
      }}
    >
      <fieldset className="numbers">
        <legend>How Twilio reaches this computer</legend>
        <AddressOption
          kind="tunnel"
          setUp={setUp}
          name="A tunnel by ngrok"
          about="Works behind any router. Opens with Earshot and closes with it."
        >
          <TextField
            name="ngrok authtoken"
            value={tunnelToken}
            secret
            issue={issues.tunnelToken}
            about={
              <>
                Free at <span className="pick">dashboard.ngrok.com/get-started/your-authtoken</span>
              </>
            }
            onChange={next => changeSetUp({ tunnelToken: next })}
          />
          <TextField
            name="Reserved domain (not needed)"
            value={domain}
            hint="my-desk.ngrok.app"
            issue={issues.domain}
            onChange={next => changeSetUp({ domain: cleanDomain(next) })}
          />
        </AddressOption>
        <AddressOption
          kind="given"
          setUp={setUp}
          name="My own public address"
          about="A server or tunnel of yours that passes everything on to this computer."
        >
          <TextField
            name="Address"
            value={url}
            hint="https://…"
            issue={issues.url}
            onChange={next => changeSetUp({ url: next })}
          />
        </AddressOption>
        <AddressOption
          kind="none"
          setUp={setUp}
          name="None"
          about="Messages can be spoken into calls; nothing rings here."
        />
      </fieldset>
      {issues.authToken === undefined ? null : (
        <p className="field-issue" role="alert">
          ▲ {issues.authToken}
        </p>
      )}
      <TakenWords setUp={setUp} />
      {problem === null ? null : <InlineProblem problem={problem} />}
      {asksToTake ? (
        <TakeQuestion setUp={setUp} />
      ) : (
        <StepActs
          main={busy ? 'Asking Twilio…' : 'Use this number'}
          busy={busy}
          onBack={() => changeSetUp({ step: 'number', tried: false })}
        />
      )}
    </form>
  );
}

type AddressOptionProps = AddressStepProps & {
  readonly kind: SetUp['addressKind'];
  readonly name: string;
  readonly about: string;
  readonly children?: ReactNode;
};

function AddressOption({ kind, setUp, name, about, children }: AddressOptionProps) {
  const id = useId();
  const chosen = setUp.addressKind === kind;
  return (
    <div className="pick-block" data-chosen={chosen}>
      <label className="pick-row" htmlFor={id}>
        <input
          id={id}
          type="radio"
          name="address"
          checked={chosen}
          onChange={() => changeSetUp({ addressKind: kind, tried: false })}
        />
        <span className="pick-words">
          <strong>{name}</strong>
          <span className="second pick-detail">{about}</span>
        </span>
      </label>
      {chosen && children !== undefined ? <div className="pick-fields">{children}</div> : null}
    </div>
  );
}

/** Said before calls that go somewhere else are sent here. */
function TakenWords({ setUp }: AddressStepProps) {
  const entry = chosenNumber(setUp);
  if (entry === undefined || setUp.addressKind === 'none') return null;
  if (entry.goesTo !== 'elsewhere' && entry.goesTo !== 'application') return null;
  return (
    <p className="second">
      Calls to {formatPhoneNumber(entry.number)} go to {goesToWords(entry)} now. They will ring here
      instead; that place is kept and given back when Earshot quits.
    </p>
  );
}

/** Asks before calls are taken from another desk. */
function TakeQuestion({ setUp }: AddressStepProps) {
  const number = setUp.number === null ? 'this number' : formatPhoneNumber(setUp.number);
  return (
    <div className="question">
      <p role="alert">
        Another Earshot answers {number}. <span className="second">Calls ring there.</span>
      </p>
      <button type="button" className="button main" onClick={() => void connectAccount(true)}>
        Take them here
      </button>
      <button type="button" className="button" onClick={() => void connectAccount(false)}>
        Leave as it is
      </button>
    </div>
  );
}
