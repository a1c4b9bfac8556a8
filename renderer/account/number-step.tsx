import { useId } from 'react';
import type { AccountNumber } from '../../electron/core/account.ts';
import { formatPhoneNumber } from '../../electron/core/phone-number.ts';
import { capabilityWords, goesToWords } from '../words/account-words.ts';
import { AccountFacts } from './account-facts.tsx';
import type { SetUp } from './set-up.ts';
import { changeSetUp, checkAccount } from './set-up-store.ts';
import { StepActs } from './step-acts.tsx';
import { TrialNote } from './trial-note.tsx';

type NumberStepProps = { readonly setUp: SetUp };

/** The account as Twilio tells of it, and which of its numbers this desk uses. */
export function NumberStep({ setUp }: NumberStepProps) {
  const group = useId();
  const { checked, number, busy } = setUp;
  if (checked === null) return null;
  const { account, numbers } = checked;
  const none = numbers.length === 0;
  const closed = account.status !== 'active';
  const why = closed
    ? `Twilio has ${account.status} this account`
    : number === null
      ? 'Choose a number first'
      : undefined;
  return (
    <form
      className="set-up-form"
      onSubmit={event => {
        event.preventDefault();
        if (none) void checkAccount();
        else if (why === undefined) changeSetUp({ step: 'address' });
      }}
    >
      <div className="account-card">
        <AccountFacts account={account} />
      </div>
      {closed ? (
        <p className="note" data-tone="care">
          Twilio has {account.status} this account: no calls can come or go. The Twilio console says
          why, under Account.
        </p>
      ) : null}
      {account.type === 'trial' ? <TrialNote /> : null}
      {none ? (
        <p className="note">
          This account has no number yet. Buy one with Voice in the Twilio console, under Phone
          Numbers, then check again.
        </p>
      ) : (
        <fieldset className="numbers">
          <legend>Number of this desk</legend>
          {numbers.map(entry => (
            <NumberOption
              key={entry.sid}
              entry={entry}
              group={group}
              chosen={entry.number === number}
            />
          ))}
        </fieldset>
      )}
      <StepActs
        main={none ? (busy ? 'Asking Twilio…' : 'Check again') : 'Next'}
        busy={busy}
        why={none ? undefined : why}
        onBack={() => changeSetUp({ step: 'credentials', checked: null })}
      />
    </form>
  );
}

type NumberOptionProps = {
  readonly entry: AccountNumber;
  readonly group: string;
  readonly chosen: boolean;
};

function NumberOption({ entry, group, chosen }: NumberOptionProps) {
  const written = formatPhoneNumber(entry.number);
  const named = entry.name !== '' && entry.name !== entry.number && entry.name !== written;
  return (
    <label className="pick-row" data-disabled={!entry.voice}>
      <input
        type="radio"
        name={group}
        checked={chosen}
        disabled={!entry.voice}
        onChange={() => changeSetUp({ number: entry.number })}
      />
      <span className="pick-words">
        <strong>{written}</strong> {named ? <span className="second">{entry.name}</span> : null}
        <span className="second pick-detail">
          {entry.voice
            ? `Calls go ${preposition(entry)}${goesToWords(entry)} now`
            : 'Takes no calls: a number without Voice cannot be used'}
        </span>
      </span>
      <span className="second">{capabilityWords(entry)}</span>
    </label>
  );
}

function preposition({ goesTo }: AccountNumber): string {
  return goesTo === 'here' || goesTo === 'nowhere' ? '' : 'to ';
}
