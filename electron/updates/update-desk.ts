import { type Clock, every } from '../core/clock.ts';
import type { Fact } from '../core/events.ts';
import { type Problem, ProblemError } from '../core/problem.ts';
import { type ConsoleState, standingCalls } from '../core/state.ts';
import { NO_UPDATES, type Release, type UpdateStatus, type Updates } from '../core/updates.ts';
import type { Log } from '../log.ts';
import { updateProblem } from './update-problem.ts';
import type { Updater } from './updater.ts';

/** Why a download is given up that is wanted later, or no longer. */
const PUT_OFF = 'put off';

/** How long after the start newer versions are looked for, and how often from then on. */
const FIRST_CHECK_MS = 30_000;
const CHECK_EVERY_MS = 4 * 3_600_000;

/** A server that does not answer for so long is given up. */
const ANSWER_LIMIT_MS = 60_000;

/** A download that brings nothing for so long is given up. */
const STALL_LIMIT_MS = 120_000;

type UpdateDeskPorts = {
  readonly clock: Clock;
  readonly log: Log;
  /** Null where nothing is ever updated. */
  readonly updater: Updater | null;
  readonly state: () => ConsoleState;
  readonly emit: (fact: Fact) => void;
};

/** Keeps this app up to date, quietly and never beside a call. */
export type UpdateDesk = {
  /** Begins to look for newer versions. */
  readonly open: () => void;
  /** Follows calls and settings. */
  readonly follow: (step: { readonly before: ConsoleState; readonly after: ConsoleState }) => void;
  /** Looks for a newer version now. Throws `not-available` where that is switched off. */
  readonly check: () => void;
  /** Ends the app and opens the new version. Throws `update-withheld` beside calls, `not-available` with none ready. */
  readonly install: () => void;
  /** Stops looking; a download is given up. */
  readonly close: () => void;
};

/** Builds what looks for, fetches and tells newer versions. */
export function createUpdateDesk(ports: UpdateDeskPorts): UpdateDesk {
  const { clock, log, updater, state, emit } = ports;
  let now: Updates = NO_UPDATES;
  /** What was asked for in an earlier round is no longer wanted. */
  let round = 0;
  let isLooking = false;
  let looksAgain = false;
  let isClosed = false;
  let fetching: AbortController | null = null;
  let stopTimers = (): void => {};
  const isBusy = (): boolean => standingCalls(state()).length > 0;
  const isStatus = (status: UpdateStatus): boolean => now.status === status;
  const idle = (): UpdateStatus => (updater?.installs === true ? 'none' : 'by-hand');

  const tell = (change: Partial<Updates>): void => {
    now = { ...now, ...change };
    emit({ event: 'updates-changed', updates: now });
  };
  const fail = (error: unknown): void => {
    log.warn({ err: error }, 'an update failed');
    tell({ status: 'failed', problem: updateProblem(error, now.link) });
  };

  const look = async (from: Updater): Promise<void> => {
    const channel = state().settings.updates;
    if (isClosed || channel === 'off' || fetching !== null) return;
    if (isLooking) {
      looksAgain = true;
      return;
    }
    isLooking = true;
    const mine = round;
    if (now.status !== 'ready') tell({ status: 'checking', problem: null });
    try {
      const found = await answered(clock, signal => from.find(channel, signal));
      if (mine === round) learn(from, found);
    } catch (error) {
      // What lies ready stays so: it was verified.
      if (mine === round && now.status !== 'ready') fail(error);
    }
    isLooking = false;
    if (looksAgain && mine !== round) void look(from);
    looksAgain = false;
  };

  const learn = (from: Updater, found: Release | null): void => {
    const checkedAt = clock.now();
    if (found === null) {
      // Perhaps what lies ready was withdrawn.
      from.installOnQuit(false);
      tell({ ...NO_UPDATES, status: idle(), checkedAt });
    } else if (!from.installs) tell({ ...NO_UPDATES, ...found, status: 'by-hand', checkedAt });
    else if (now.status === 'ready' && now.version === found.version) tell({ checkedAt });
    else {
      tell({ ...NO_UPDATES, ...found, status: 'available', checkedAt });
      void fetchWhenFree(from);
    }
  };

  const fetchWhenFree = async (from: Updater): Promise<void> => {
    if (isClosed || now.status !== 'available' || fetching !== null || isBusy()) return;
    const control = new AbortController();
    fetching = control;
    const mine = round;
    const stall = (): (() => void) =>
      clock.after(STALL_LIMIT_MS, () => control.abort(new Error('NO_ANSWER')));
    let cancelStall = stall();
    tell({ status: 'downloading', doneBytes: 0, totalBytes: null });
    try {
      from.installOnQuit(true);
      await from.fetch((doneBytes, totalBytes) => {
        cancelStall();
        if (control.signal.aborted) return;
        cancelStall = stall();
        tell({ doneBytes, totalBytes });
      }, control.signal);
      if (mine === round) tell({ status: 'ready' });
      else from.installOnQuit(false);
    } catch (error) {
      const isStalled = control.signal.aborted && control.signal.reason !== PUT_OFF;
      if (mine === round && isStatus('downloading')) {
        fail(isStalled ? control.signal.reason : error);
      }
    }
    cancelStall();
    fetching = null;
    if (mine === round) void fetchWhenFree(from);
    else void look(from);
  };

  /** Forgets what was found; what was asked for on another channel no longer counts. */
  const startAnew = (from: Updater): void => {
    round += 1;
    fetching?.abort(PUT_OFF);
    from.installOnQuit(false);
    tell({ ...NO_UPDATES, status: state().settings.updates === 'off' ? 'off' : idle() });
    void look(from);
  };

  return {
    open: () => {
      if (updater === null) return;
      tell({ status: state().settings.updates === 'off' ? 'off' : idle() });
      const cancelFirst = clock.after(FIRST_CHECK_MS, () => void look(updater));
      const cancelNext = every(clock, CHECK_EVERY_MS, () => void look(updater));
      stopTimers = () => {
        cancelFirst();
        cancelNext();
      };
    },
    follow: ({ before, after }) => {
      if (updater === null) return;
      if (before.settings.updates !== after.settings.updates) startAnew(updater);
      if (before.calls === after.calls) return;
      if (!isBusy()) void fetchWhenFree(updater);
      else if (now.status === 'downloading') {
        tell({ status: 'available', doneBytes: 0, totalBytes: null });
        fetching?.abort(PUT_OFF);
      }
    },
    check: () => {
      if (updater === null) throw new ProblemError(NEVER_UPDATED);
      if (state().settings.updates === 'off') throw new ProblemError(SWITCHED_OFF);
      void look(updater);
    },
    install: () => {
      if (updater === null || now.status !== 'ready') throw new ProblemError(NONE_READY);
      if (isBusy()) throw new ProblemError(WITHHELD);
      updater.install();
    },
    close: () => {
      isClosed = true;
      round += 1;
      stopTimers();
      fetching?.abort(PUT_OFF);
      if (!isStatus('ready')) updater?.installOnQuit(false);
    },
  };
}

/** What a server answers, or a failure once it took too long: it is given up then. */
function answered<Answer>(
  clock: Clock,
  ask: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const control = new AbortController();
  const cancel = clock.after(ANSWER_LIMIT_MS, () => control.abort(new Error('NO_ANSWER')));
  return ask(control.signal).finally(cancel);
}

const NEVER_UPDATED: Problem = {
  kind: 'not-available',
  message: 'This run of Earshot looks for no newer versions.',
  remedy: 'Open its window to look for them.',
};

const SWITCHED_OFF: Problem = {
  kind: 'not-available',
  message: 'Updates are switched off: nothing is asked of any server.',
  remedy: 'Choose Stable or Beta in the settings, under About.',
};

const NONE_READY: Problem = {
  kind: 'not-available',
  message: 'No newer version lies ready to be installed.',
  remedy: 'Check for updates, and wait until one is downloaded.',
};

const WITHHELD: Problem = {
  kind: 'update-withheld',
  message: 'A call stands: Earshot does not restart beside it.',
  remedy: 'Restart once the call is over, or just quit then: the new version is installed on quit.',
};
