import type { Twilio } from 'twilio';
import type { AccountConfig } from '../config.ts';
import type { Cancel, Clock } from '../core/clock.ts';
import type { Fact } from '../core/events.ts';
import { ProblemError } from '../core/problem.ts';
import type { Scope } from '../core/scope.ts';
import type { ConsoleState } from '../core/state.ts';
import type { Log } from '../log.ts';
import { readAccount } from '../twilio/account.ts';
import { callerIds as readCallerIds } from '../twilio/numbers.ts';
import { refusedKey } from './key-refusal.ts';

/** What reading an account needs of the rest. */
type ReadingPorts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly apiKey: AccountConfig['apiKey'];
  /** The line that the account is read for. */
  readonly scope: Scope;
  readonly state: () => ConsoleState;
  readonly emit: (fact: Fact) => void;
};

/** How long after the first time a line asks again, in ms. */
const ACCOUNT_AGAIN_MS = 60_000;

/** Reads what kind of account it is. Only a refused account stops the line: calls may come in without the rest. */
export async function readAccountOf(client: Twilio, ports: ReadingPorts): Promise<void> {
  const { emit, log, scope, apiKey } = ports;
  try {
    const account = await readAccount(client);
    const callerIds = await readCallerIds(client).catch(() => []);
    // By then another line may be open, of another account.
    if (!scope.closed) emit({ event: 'account-read', account, callerIds });
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    if (error.problem.kind === 'credentials-refused') throw refusedKey(error, apiKey !== null);
    log.warn({ code: error.problem.code }, 'the account could not be read');
  }
}

/** Asks again from time to time what Twilio could not tell: a trial taken for none has calls without sound or words. */
export function readAccountLater(client: Twilio, ports: ReadingPorts): void {
  const { clock, scope } = ports;
  let cancel: Cancel = () => {};
  const wait = (): void => {
    if (ports.state().line.account !== null || scope.closed) return;
    cancel = clock.after(ACCOUNT_AGAIN_MS, () => {
      readAccountOf(client, ports).then(wait, wait);
    });
  };
  scope.add(() => cancel());
  wait();
}
