import type { LineState } from '../../electron/core/line.ts';
import { formatPhoneNumber } from '../../electron/core/phone-number.ts';
import type { Problem } from '../../electron/core/problem.ts';
import { accountKind, shortUrl } from '../words/account-words.ts';
import { addressWords, pointingWords, testWords } from '../words/line-words.ts';

/** One thing that must hold before calls of an account reach this desk. */
export type SetUpCheck = {
  readonly name: string;
  readonly result: 'ready' | 'waiting' | 'note' | 'failed';
  readonly words: string;
  readonly problem: Problem | null;
  /** What helps when it does not hold. */
  readonly act: 'take-number' | 'retry-tunnel' | 'test-line' | null;
};

/** What must hold, from what the line last told. */
export function setUpChecks(line: LineState, now: number): readonly SetUpCheck[] {
  const account = accountCheck(line);
  if (line.address.kind === 'none' && line.address.status !== 'connecting') {
    return [account, { ...noRings(line), problem: null, act: null }];
  }
  return [account, addressCheck(line, now), testCheck(line, now), numberCheck(line)];
}

/** How far an account is from being of use, as the heading of what must hold. */
export function resultTitle(line: LineState): string {
  const results = setUpChecks(line, 0).map(({ result }) => result);
  if (results.includes('failed')) return 'Connected, not ready yet';
  return results.includes('waiting') ? 'Connected, getting ready' : 'Connected and ready';
}

function accountCheck({ account, status, problem }: LineState): SetUpCheck {
  const base = { name: 'Account', problem, act: null } as const;
  if (account !== null) {
    const result = account.status === 'active' ? 'ready' : 'failed';
    return { ...base, result, words: `${account.name}, ${accountKind(account).toLowerCase()}` };
  }
  return status === 'down'
    ? { ...base, result: 'failed', words: '' }
    : { ...base, result: 'waiting', words: 'asking Twilio' };
}

function addressCheck({ address }: LineState, now: number): SetUpCheck {
  const base = { name: 'Address', problem: address.problem } as const;
  if (address.status === 'up') {
    const words = address.url === null ? 'up' : shortUrl(address.url);
    return { ...base, result: 'ready', words, act: null };
  }
  if (address.status === 'connecting') {
    return { ...base, result: 'waiting', words: addressWords(address, now), act: null };
  }
  const act = address.kind === 'tunnel' ? 'retry-tunnel' : 'test-line';
  return { ...base, result: 'failed', words: addressWords(address, now), act };
}

function testCheck({ address, test }: LineState, now: number): SetUpCheck {
  const base = { name: 'Twilio reaches this computer', problem: test.problem } as const;
  switch (test.status) {
    case 'reached':
      return { ...base, result: 'ready', words: testWords(test, now), act: null };
    case 'failed':
      return { ...base, result: 'failed', words: '', act: 'test-line' };
    case 'testing':
      return { ...base, result: 'waiting', words: 'asking from outside', act: null };
    case 'untested':
      return address.status === 'up'
        ? { ...base, result: 'waiting', words: 'not tested yet', act: 'test-line' }
        : { ...base, result: 'waiting', words: 'waits for the address', act: null };
  }
}

function numberCheck({ number, pointing }: LineState): SetUpCheck {
  const name = number === null ? 'Number' : formatPhoneNumber(number);
  const base = { name, problem: null } as const;
  if (pointing.to === 'here') {
    const words = 'Its calls ring here. Where they went before is kept and given back on quit.';
    return { ...base, result: 'ready', words, act: null };
  }
  if (pointing.to === 'unknown') return { ...base, result: 'waiting', words: 'asking', act: null };
  return { ...base, result: 'note', words: pointingWords(pointing), act: 'take-number' };
}

function noRings({ number }: LineState) {
  const name = number === null ? 'Number' : formatPhoneNumber(number);
  const words = 'Nothing rings here, as chosen. Messages can be spoken into calls.';
  return { name, result: 'note', words } as const;
}
