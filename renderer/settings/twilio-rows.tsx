import { AccountFacts } from '../account/account-facts.tsx';
import { enterNewToken } from '../account/set-up-store.ts';
import { TrialNote } from '../account/trial-note.tsx';
import { useConsole } from '../state/use-console.ts';
import { AddressRow } from './address-row.tsx';
import { AlertList } from './alert-list.tsx';
import { DisconnectRow } from './disconnect-row.tsx';
import { NumberRow } from './number-row.tsx';
import { TestRow } from './test-row.tsx';

/** A Twilio account in use: the account, its number, and whether Twilio reaches this computer. */
export function TwilioRows() {
  const account = useConsole(state => state.line.account);
  return (
    <>
      <div className="setting">
        <div className="setting-words">
          {account === null ? (
            <>
              <span className="setting-name">Account</span>
              <span className="second">Asking Twilio…</span>
            </>
          ) : (
            <AccountFacts account={account} />
          )}
        </div>
        <div className="setting-control">
          <button type="button" className="button" onClick={enterNewToken}>
            Enter new token
          </button>
        </div>
      </div>
      {account?.type === 'trial' ? <TrialNote /> : null}
      <NumberRow />
      <AddressRow />
      <TestRow />
      <DisconnectRow />
      <AlertList />
    </>
  );
}
