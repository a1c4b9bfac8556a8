import { type Clock, within } from '../core/clock.ts';
import type { PhoneNumber } from '../core/phone-number.ts';
import { ProblemError } from '../core/problem.ts';
import type { Log } from '../log.ts';
import type { NumberKeeper } from './number-keeper.ts';

/** What looking after them needs of the rest. */
type SeatNumberPorts = {
  readonly clock: Clock;
  readonly log: Log;
  /** The keeper of a number of the line's account; null when only a relay is known. */
  readonly keeperOf: (number: PhoneNumber) => NumberKeeper | null;
};

/** Numbers beside the line's own that this desk's seats are called by. */
type SeatNumbers = {
  /** Lets calls to a number come here, until the line closes. `seat-refused` when they cannot. */
  readonly point: (number: PhoneNumber) => Promise<void>;
  /** Gives all of them back, unless Twilio takes too long. */
  readonly close: () => Promise<void>;
};

/** How long giving them back may take when the line closes, in ms. */
const GOODBYE_LIMIT_MS = 3000;

/** Builds what looks after them; none is taken yet. */
export function createSeatNumbers({ clock, log, keeperOf }: SeatNumberPorts): SeatNumbers {
  const keepers = new Map<PhoneNumber, NumberKeeper>();

  return {
    point: async number => {
      const keeper = keepers.get(number) ?? keeperOf(number);
      if (keeper === null) throw new ProblemError(NOT_OWNED);
      keepers.set(number, keeper);
      const { to } = await keeper.take(false);
      if (to === 'another-desk') throw new ProblemError(ELSEWHERE);
      if (to !== 'here') throw new ProblemError(NOT_OWNED);
    },
    close: async () => {
      const given = [...keepers.values()].map(keeper =>
        keeper.giveBack().catch((error: unknown) => {
          if (!(error instanceof ProblemError)) throw error;
          // It stays on record, and the next run gives it back.
          log.warn({ code: error.problem.code }, 'the number of a seat was not given back');
        }),
      );
      await within(clock, GOODBYE_LIMIT_MS, Promise.all(given));
    },
  };
}

const NOT_OWNED = {
  kind: 'seat-refused',
  message: 'The account does not own the second number, so the seat cannot be called by it.',
  remedy:
    'Enter a second number of the account in the settings, or choose another way to the seat.',
} as const;

const ELSEWHERE = {
  kind: 'seat-refused',
  message: 'Another Earshot answers the second number, so the seat cannot be called by it.',
  remedy: 'Enter another number in the settings, or choose another way to the seat.',
} as const;
