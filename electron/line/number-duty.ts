import { type Cancel, type Clock, within } from '../core/clock.ts';
import type { Fact } from '../core/events.ts';
import type { Pointing } from '../core/line.ts';
import { type Problem, ProblemError } from '../core/problem.ts';
import type { Log } from '../log.ts';
import type { NumberKeeper } from './number-keeper.ts';

/** What looking after a number needs of the rest. */
type DutyPorts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly emit: (fact: Fact) => void;
  /** Raises a standing problem, or ends it with null. */
  readonly problem: (id: string, problem: Problem | null) => void;
};

/** Looks after a line's number and tells where its calls go. Failures are told, never thrown. */
type NumberDuty = {
  /** Sends its calls here. @param force also when another desk takes them now */
  readonly take: (force: boolean) => Promise<void>;
  /** Tells where its calls go now. */
  readonly look: () => Promise<void>;
  /** Sees to it again from time to time; a taking that failed is tried again while it is wanted. */
  readonly watch: (isWanted: () => boolean) => void;
  /** Gives the number back, unless Twilio takes too long. */
  readonly close: () => Promise<void>;
};

/** How often it is looked whether the number still rings here, in ms. */
const LOOK_EVERY_MS = 60_000;

/** How long giving the number back may take when the line closes, in ms. */
const GOODBYE_LIMIT_MS = 3000;

/** Begins to look after a number. */
export function createNumberDuty(keeper: NumberKeeper, ports: DutyPorts): NumberDuty {
  const { clock, log, emit, problem } = ports;
  let takeFailed = false;
  let closed = false;
  let cancel: Cancel = () => {};

  const tell = (pointing: Pointing): void => {
    emit({ event: 'number-pointed', pointing });
    if (pointing.to === 'another-desk') problem('number', ANOTHER_DESK);
    else if (pointing.to === 'unknown') problem('number', NOT_OWNED);
    else problem('number', null);
  };

  const take: NumberDuty['take'] = async force => {
    if (closed) return;
    try {
      const pointing = await keeper.take(force);
      takeFailed = false;
      if (!closed) tell(pointing);
    } catch (error) {
      takeFailed = true;
      // Nobody waits for most takings: what is thrown here would end the process, and its calls.
      if (!(error instanceof ProblemError)) log.error({ err: error }, 'taking the number failed');
      if (!closed) problem('number', error instanceof ProblemError ? error.problem : NOT_TAKEN);
    }
  };

  const tellWhere = async (found: Promise<Pointing>): Promise<void> => {
    try {
      const pointing = await found;
      if (closed) return;
      if (pointing.to === 'here') problem('number', null);
      emit({ event: 'number-pointed', pointing });
    } catch (error) {
      if (error instanceof ProblemError) {
        log.debug({ code: error.problem.code }, 'the number could not be looked at');
      } else log.error({ err: error }, 'looking at the number failed');
    }
  };

  const look: NumberDuty['look'] = () => tellWhere(keeper.look());
  const see = (isWanted: boolean): Promise<void> =>
    takeFailed && isWanted ? take(false) : tellWhere(keeper.mend(isWanted));

  const watch: NumberDuty['watch'] = isWanted => {
    cancel = clock.after(LOOK_EVERY_MS, () => {
      void see(isWanted()).then(() => {
        if (!closed) watch(isWanted);
      });
    });
  };

  return {
    take,
    look,
    watch,
    close: async () => {
      closed = true;
      cancel();
      await within(clock, GOODBYE_LIMIT_MS, keeper.giveBack()).catch((error: unknown) => {
        if (!(error instanceof ProblemError)) throw error;
        // It stays on record, and the next run gives it back.
        log.warn({ code: error.problem.code }, 'the number was not given back');
      });
    },
  };
}

const ANOTHER_DESK: Problem = {
  kind: 'number-elsewhere',
  message: 'Another Earshot answers this number. Calls ring there; calling out works here.',
  remedy: 'Take the calls here, or leave it as it is.',
};

const NOT_TAKEN: Problem = {
  kind: 'line-down',
  message: 'The number’s calls could not be sent here. Calling out works.',
  remedy: 'Make room on the disk if it is full; it is tried again in a minute.',
};

const NOT_OWNED: Problem = {
  kind: 'line-down',
  message: 'The account does not own this number, so calls cannot ring here. Calling out works.',
  remedy: 'Choose a number that the account owns.',
};
