import type { AccountFacts as Facts } from '../../electron/core/account.ts';
import { accountKind, balanceWords, maskedSid } from '../words/account-words.ts';

type AccountFactsProps = { readonly account: Facts };

/** An account in two lines: its name, then what it is and what is left to spend. */
export function AccountFacts({ account }: AccountFactsProps) {
  return (
    <div className="account-facts">
      <strong className="cut">{account.name}</strong>
      <span className="second">
        <span className="pick">{maskedSid(account.sid)}</span> · {accountKind(account)} ·{' '}
        {balanceWords(account.balance)}
      </span>
    </div>
  );
}
