import type { OfferedNumber } from './tel-link.ts';

/** The number offered last, on its way to the window. */
export type NumberOffers = {
  /** Offers a number; null, which is what a bad link gives, offers nothing. */
  readonly offer: (number: OfferedNumber | null) => void;
  /**
   * Tells `listener` of the number that waits, and of each that comes. One listens at a time: the
   * page that was loaded last. @returns how to stop
   */
  readonly follow: (listener: (number: OfferedNumber) => void) => () => void;
  /** From now on numbers are offered only while `isWanted` says so; one that waits is dropped if not. */
  readonly limit: (isWanted: () => boolean) => void;
};

/**
 * Keeps one number until a page is there to show it: however many links are opened, one is shown.
 * The first link may come before it is known whether links are wanted.
 */
export function createNumberOffers(): NumberOffers {
  let waiting: OfferedNumber | null = null;
  let tell: ((number: OfferedNumber) => void) | null = null;
  let isWanted = (): boolean => true;
  return {
    offer: number => {
      if (number === null || !isWanted()) return;
      if (tell === null) waiting = number;
      else tell(number);
    },
    follow: listener => {
      tell = listener;
      if (waiting !== null && isWanted()) listener(waiting);
      waiting = null;
      return () => {
        if (tell === listener) tell = null;
      };
    },
    limit: next => {
      isWanted = next;
      if (!isWanted()) waiting = null;
    },
  };
}
