import { ask, consoleStore } from '../earshot.ts';
import { createStore } from '../state/store.ts';
import {
  addressIssues,
  addressOf,
  credentialIssues,
  credentialsOf,
  firstChoice,
  mustAskToTake,
  NEW_SET_UP,
  type SetUp,
} from './set-up.ts';

/** The account being connected; null while none is. Kept here so that a call on screen loses nothing. */
export const setUpStore = createStore<SetUp | null>(null);

/** Begins connecting an account. */
export function beginSetUp(): void {
  setUpStore.set(NEW_SET_UP);
}

/** Asks for a new token of the account that is kept. */
export function enterNewToken(): void {
  const { line, problems } = consoleStore.get();
  const stands = [...problems.map(({ problem }) => problem), line.problem];
  setUpStore.set({
    ...NEW_SET_UP,
    accountSid: line.accountSid ?? '',
    tokenRefused: stands.some(problem => problem?.kind === 'credentials-refused'),
  });
}

/** Leaves the set-up and forgets what was typed. */
export function leaveSetUp(): void {
  setUpStore.set(null);
}

/** Takes what was typed; what Twilio said of the old words is put away. */
export function changeSetUp(change: Partial<SetUp>): void {
  edit({ ...change, problem: null, asksToTake: false });
}

/** Asks Twilio about the account, then goes on to its numbers. */
export async function checkAccount(): Promise<void> {
  const setUp = setUpStore.get();
  if (setUp === null || setUp.busy) return;
  if (Object.keys(credentialIssues(setUp)).length > 0) return edit({ tried: true });
  edit({ busy: true, problem: null });
  const outcome = await ask({ command: 'check-account', ...credentialsOf(setUp) });
  if (!outcome.ok) return edit({ busy: false, problem: outcome.problem });
  const { account, numbers } = outcome;
  const { line } = consoleStore.get();
  const same = setUp.tokenRefused && line.accountKept && line.accountSid === setUp.accountSid;
  if (same && numbers.some(({ number }) => number === line.number)) {
    // Only the token is new: the number and the address stay as they are kept.
    return connect({ ...setUp, number: line.number }, line.pointing.to !== 'another-desk');
  }
  edit({
    busy: false,
    tried: false,
    step: 'number',
    checked: { account, numbers },
    number: firstChoice(numbers, consoleStore.get().line.number),
  });
}

/**
 * Uses the account from now on. Where another desk takes the number's calls it is asked first.
 * @param take the answer to that question
 */
export async function connectAccount(take?: boolean): Promise<void> {
  const setUp = setUpStore.get();
  if (setUp === null || setUp.busy || setUp.number === null) return;
  if (Object.keys(addressIssues(setUp)).length > 0) return edit({ tried: true });
  if (take === undefined && mustAskToTake(setUp)) return edit({ asksToTake: true });
  await connect(setUp, setUp.addressKind !== 'none' && (take ?? true), addressOf(setUp));
}

async function connect(
  setUp: SetUp,
  takeNumber: boolean,
  address?: ReturnType<typeof addressOf>,
): Promise<void> {
  edit({ busy: true, problem: null, asksToTake: false });
  const outcome = await ask({
    command: 'connect-account',
    ...credentialsOf(setUp),
    number: setUp.number ?? '',
    ...(address === undefined ? {} : { address }),
    takeNumber,
  });
  if (!outcome.ok) return edit({ busy: false, problem: outcome.problem });
  if (setUpStore.get() !== null) setUpStore.set({ ...NEW_SET_UP, step: 'result' });
}

/** Changes a set-up that has not been left meanwhile. */
function edit(change: Partial<SetUp>): void {
  const setUp = setUpStore.get();
  if (setUp !== null) setUpStore.set({ ...setUp, ...change });
}
