import type { Config } from '../config.ts';
import type { AccountFacts, AccountNumber, CallerId, LineAlert } from '../core/account.ts';
import type { Command } from '../core/commands.ts';
import { LINE_STARTING, type LineState, type LineTest } from '../core/line.ts';
import { parsePhoneNumber } from '../core/phone-number.ts';
import { type Problem, ProblemError } from '../core/problem.ts';
import type { PracticeLine } from '../practice/practice-line.ts';
import type { AccountFile } from '../store/account-file.ts';
import type { CallStore } from '../store/call-store.ts';
import type { Messaging } from '../twilio/messaging.ts';
import type { TwilioLine } from '../twilio/twilio-line.ts';
import { type Credentials, checkAccount } from './check-account.ts';
import { choiceOf, keptOf, NO_ACCOUNT, reachable, trustedApi } from './kept-account.ts';
import { type LineChoice, type LinePorts, type OpenLine, openLine } from './open-line.ts';

/** What the lines need of the rest. */
type LinesPorts = LinePorts & {
  readonly config: Config;
  readonly accounts: AccountFile;
  readonly store: CallStore;
  /** The practice line, opened when it is first used. */
  readonly practice: () => Promise<PracticeLine>;
};

/** Which line is used, and everything that is asked of it. Functions reject with a `ProblemError`. */
export type Lines = {
  /** The line in use; null while it is down. */
  readonly line: () => TwilioLine | null;
  readonly publicUrl: () => string | null;
  /** Opens the line that is chosen; how it went is told by events. */
  readonly open: (port?: number) => Promise<void>;
  /** Looks at an account without changing anything. */
  readonly check: (credentials: Credentials) => Promise<{
    readonly account: AccountFacts;
    readonly numbers: readonly AccountNumber[];
    readonly callerIds: readonly CallerId[];
  }>;
  /** Keeps an account and uses it from now on. */
  readonly connect: (request: Extract<Command, { command: 'connect-account' }>) => Promise<void>;
  /** Forgets the account and uses the practice line. */
  readonly disconnect: () => Promise<void>;
  readonly use: (kind: LineState['kind']) => Promise<void>;
  readonly sendMessage: Messaging['send'];
  readonly takeNumber: () => Promise<void>;
  readonly giveNumberBack: () => Promise<void>;
  readonly test: () => Promise<LineTest>;
  readonly retryTunnel: () => void;
  readonly alerts: () => Promise<readonly LineAlert[]>;
  readonly close: () => Promise<void>;
};

/** How far back Twilio's reports are read. */
const ALERTS_WINDOW_MS = 24 * 60 * 60 * 1000;

/** Problems that stand with a line and end with it. */
const PROBLEMS_OF_LINE: readonly string[] = [
  'line',
  'number',
  'account',
  'number-left',
  'unverified',
  'signatures-wrong',
];

/** Builds the lines; none is open yet. */
export function createLines(ports: LinesPorts): Lines {
  const { config, accounts, emit, clock } = ports;
  let opened: OpenLine | null = null;
  let work: Promise<void> = Promise.resolve();
  let firstTime = true;

  const openChosen = async (port: number): Promise<void> => {
    if (opened !== null) return;
    const practice = usesPractice() ? await ports.practice() : null;
    const choice = practice === null ? accountChoice() : practiceChoice(practice);
    // What an earlier run left open can only go on at Twilio; the practice line ended with it.
    const unfinished = firstTime && practice === null ? ports.store.unfinished() : [];
    if (practice !== null) ports.store.endInterrupted();
    const shown: LineState = {
      ...LINE_STARTING,
      kind: choice.kind,
      number: choice.account?.number ?? choice.relay?.number ?? null,
      directory: practice?.directory ?? [],
      ringsOnRequest: practice !== null,
      signaturesChecked: !config.skipSignature,
      accountKept: accounts.kept() !== null || config.line.kind === 'twilio',
      accountSid: accounts.kept()?.accountSid ?? (practice === null ? accountSid(choice) : null),
    };
    emit({ event: 'line-changed', line: shown });
    try {
      // An account of the environment goes where the environment says; one that is kept does not.
      if (practice === null && config.line.kind === 'chosen') trustedApi(config.apiUrl);
      opened = await openLine({ ...choice, unfinished }, port, ports);
      firstTime = false;
      emit({ event: 'line-changed', line: { ...ports.state().line, status: 'ready' } });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const { problem } = error;
      emit({ event: 'line-changed', line: { ...ports.state().line, status: 'down', problem } });
    }
  };
  const closeOpened = async (): Promise<void> => {
    const closing = opened;
    opened = null;
    await closing?.close();
    for (const id of PROBLEMS_OF_LINE) ports.problem(id, null);
  };
  /** Openings and closings one after the other. */
  const next = (step: () => Promise<void>): Promise<void> => {
    const done = work.then(step, step);
    work = done.catch(() => {});
    return done;
  };
  const usesPractice = (): boolean => {
    if (config.line.kind !== 'chosen') return config.line.kind === 'practice';
    return accounts.kept()?.inUse !== true;
  };
  const practiceChoice = (practice: PracticeLine): Omit<LineChoice, 'unfinished'> => ({
    kind: 'practice',
    account: {
      accountSid: practice.accountSid,
      authToken: practice.authToken,
      apiKey: null,
      number: practice.number,
    },
    relay: null,
    address: { kind: 'local' },
    apiUrl: practice.apiUrl,
    takeNumber: true,
  });
  const accountChoice = (): Omit<LineChoice, 'unfinished'> => {
    const { apiUrl } = config;
    if (config.line.kind === 'twilio') {
      const { account, relay } = config.line;
      const address = reachable(config.address, apiUrl);
      return { kind: 'twilio', account, relay, address, apiUrl, takeNumber: config.pointNumber };
    }
    const kept = accounts.kept();
    if (kept === null) throw new Error('no account is kept');
    return { ...choiceOf(kept, apiUrl), apiUrl };
  };
  const notDuringCalls = (): void => {
    if (ports.state().calls.some(call => call.status !== 'ended')) throw new ProblemError(BUSY);
  };
  const current = (): OpenLine => {
    if (opened === null) throw new ProblemError(DOWN);
    return opened;
  };
  const mayChoose = (): void => {
    if (config.line.kind !== 'chosen') throw new ProblemError(GIVEN);
  };
  /** Nothing here can give back the numbers of an account that is forgotten. */
  const tellLeft = (accountSid: string, wasAway: boolean): void => {
    const isLeft = ports.pointed.of(accountSid).length > 0;
    if (isLeft) ports.problem('number-left', wasAway ? NUMBER_LENT : NUMBER_LEFT);
  };
  /** Another desk has the number, and would give it back to this one. */
  const isAway = (): boolean => ports.state().line.pointing.to === 'another-desk';
  const reopen = (): Promise<void> =>
    next(async () => {
      await closeOpened();
      await openChosen(config.port);
    });

  return {
    line: () => opened?.line ?? null,
    publicUrl: () => opened?.publicUrl() ?? null,
    open: (port = config.port) => next(() => openChosen(port)),
    check: async credentials =>
      checkAccount(credentials, {
        ...ports,
        apiUrl: trustedApi(config.apiUrl),
        origin: ports.state().line.address.url,
      }),
    connect: async request => {
      mayChoose();
      notDuringCalls();
      const parsed = parsePhoneNumber(request.number);
      if (!parsed.ok) throw new ProblemError(parsed.problem);
      const { account, numbers } = await checkAccount(request, {
        ...ports,
        apiUrl: trustedApi(config.apiUrl),
        origin: null,
      });
      if (account.status !== 'active') throw new ProblemError(NOT_ACTIVE);
      if (!numbers.some(({ number }) => number === parsed.number)) {
        throw new ProblemError(NOT_OWNED);
      }
      // A call may have come in while Twilio was asked.
      notDuringCalls();
      const before = accounts.kept();
      const notKept = accounts.keep(keptOf(request, parsed.number, before));
      const wasAway = isAway();
      await reopen();
      ports.problem('account', notKept);
      if (before !== null && before.accountSid !== request.accountSid) {
        tellLeft(before.accountSid, wasAway);
      }
    },
    disconnect: async () => {
      mayChoose();
      notDuringCalls();
      await next(async () => {
        const accountSid = accounts.kept()?.accountSid;
        const wasAway = isAway();
        await closeOpened();
        const notForgotten = accounts.forget();
        await openChosen(config.port);
        if (notForgotten !== null) ports.problem('account', notForgotten);
        if (accountSid !== undefined) tellLeft(accountSid, wasAway);
      });
    },
    use: async kind => {
      mayChoose();
      const kept = accounts.kept();
      if (kept === null && kind === 'twilio') throw new ProblemError(NO_ACCOUNT);
      if (kept === null || kept.inUse === (kind === 'twilio')) return;
      notDuringCalls();
      const notKept = accounts.keep({ ...kept, inUse: kind === 'twilio' });
      await reopen();
      ports.problem('account', notKept);
    },
    sendMessage: async request => current().sendMessage(request),
    takeNumber: () => current().takeNumber(),
    giveNumberBack: () => current().giveNumberBack(),
    test: () => current().test(),
    retryTunnel: () => current().retryTunnel(),
    alerts: () => current().alerts(new Date(clock.now() - ALERTS_WINDOW_MS)),
    close: () => next(closeOpened),
  };
}

function accountSid({ account }: Pick<LineChoice, 'account'>): string | null {
  return account?.accountSid ?? null;
}

const BUSY: Problem = {
  kind: 'wrong-call-state',
  message: 'A call stands on this line, so the line stays as it is.',
  remedy: 'End the call first.',
};

const DOWN: Problem = {
  kind: 'line-down',
  message: 'The line is down.',
  remedy: 'Look at the line’s problem.',
};

const GIVEN: Problem = {
  kind: 'not-available',
  message: 'The line is given by the environment of this run, so it cannot be chosen here.',
  remedy: 'Remove EARSHOT_LINE and TWILIO_ACCOUNT_SID from the environment or the .env file.',
};

const NOT_ACTIVE: Problem = {
  kind: 'refused-by-twilio',
  message: 'This account is suspended or closed, so it makes no calls.',
  remedy: 'Look at the account in Twilio’s console.',
};

const NUMBER_LEFT: Problem = {
  kind: 'refused-by-twilio',
  message: 'Twilio did not take the number back, so its calls still come here and nobody answers.',
  remedy: 'Set where its calls go in Twilio’s console, or connect the account again.',
};

const NUMBER_LENT: Problem = {
  kind: 'refused-by-twilio',
  message:
    'Another Earshot has the number. When it quits, calls come back to this desk, where nobody answers them any more.',
  remedy: 'Set where its calls go in Twilio’s console, or connect the account again.',
};

const NOT_OWNED: Problem = {
  kind: 'invalid-number',
  message: 'The account does not own this number.',
  remedy: 'Choose one of its numbers.',
};
