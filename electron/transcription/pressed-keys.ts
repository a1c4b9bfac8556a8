import { createRedactor } from './redactor.ts';

/** Keys that one side of a call presses, one by one or several at once. Times in ms. */
type PressedKeys = {
  /** The next keys, without the digits of a card's number and of what is asked for after it. */
  readonly masked: (keys: string, nowMs: number) => string;
};

/** Keys pressed within such a time belong together. */
const TOGETHER_MS = 30_000;

/**
 * So many digits in a row are kept: a telephone number, and no more of a card than may be. Source: PCI SSC,
 * FAQ 1091, acceptable formats for truncation of 15 digits
 */
const MOST_KEPT = 10;

/** So many may have been a card. Source: ISO/IEC 7812-1. */
const CARD_DIGITS = 13;

/** Digits are masked for so long after a card: its date, its security code. */
const AFTER_CARD_MS = 60_000;

/** Nothing was pressed yet. */
export function createPressedKeys(): PressedKeys {
  let count = 0;
  let lastMs = Number.NEGATIVE_INFINITY;
  let afterCardUntil = Number.NEGATIVE_INFINITY;

  return {
    masked: (keys, nowMs) => {
      if (nowMs - lastMs > TOGETHER_MS) count = 0;
      lastMs = nowMs;
      const before = count;
      count += keys.match(/\d/g)?.length ?? 0;
      // Keys that come alone do not show what they will be.
      const isRest = (before > 0 && count > MOST_KEPT) || nowMs <= afterCardUntil;
      if (count >= CARD_DIGITS) afterCardUntil = nowMs + AFTER_CARD_MS;
      return isRest ? keys.replace(/\d/g, '•') : cardMasked(keys, nowMs);
    },
  };
}

function cardMasked(digits: string, nowMs: number): string {
  const piece = {
    speaker: 'them',
    segmentId: '',
    text: digits,
    isFinal: true,
    place: null,
  } as const;
  return createRedactor().words(piece, nowMs).text;
}
