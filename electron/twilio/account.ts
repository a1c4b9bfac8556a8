import type { AccountFacts } from '../core/account.ts';
import { ProblemError } from '../core/problem.ts';
import { answerOf } from './refusals.ts';
import type { Client } from './rest-client.ts';

/** Reads the account's own record and what is left on it. */
export async function readAccount(client: Client): Promise<AccountFacts> {
  const [account, balance] = await Promise.all([
    answerOf(client.api.accounts(client.accountSid).fetch()),
    readBalance(client),
  ]);
  return {
    sid: account.sid,
    name: account.friendlyName,
    type: account.type === 'Trial' ? 'trial' : 'full',
    status: account.status,
    balance,
  };
}

/** What is left on the account; null for subaccounts and keys that are not told. */
async function readBalance(client: Client): Promise<AccountFacts['balance']> {
  try {
    const { balance, currency } = await answerOf(client.balance.fetch());
    const amount = Number.parseFloat(balance);
    return Number.isNaN(amount) ? null : { amount, currency };
  } catch (error) {
    // The account's own record tells what is wrong, if anything is.
    if (error instanceof ProblemError) return null;
    throw error;
  }
}
