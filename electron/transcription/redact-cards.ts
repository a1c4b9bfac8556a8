import type { DigitRun } from './redact-digits.ts';

/** How long card numbers are. Source: ISO/IEC 7812-1. */
const CARD_LENGTHS = { least: 13, most: 19 } as const;

/** The shortest that is taken for a card though its check digit is wrong: one digit was misheard. */
const LOOKS_LIKE = /^[2-6]\d{14,}$/;

/** The longest national number that somebody says twice in a row. */
const MOST_TELEPHONE = 13;

/** The longest number of a telephone. Source: ITU-T E.164 §6. */
const MOST_INTERNATIONAL = 15;

/** Whether digits in a row hold the number of a payment card. */
export function holdsCard({ digits, starts, isPlus }: DigitRun): boolean {
  if (isPlus && digits.length <= MOST_INTERNATIONAL) return false;
  if (isSaidTwice(digits)) return false;
  if (LOOKS_LIKE.test(digits)) return true;
  const ends = [...starts.slice(1), digits.length];
  return starts.some(from =>
    ends.some(to => isCardLength(to - from) && isCard(digits.slice(from, to))),
  );
}

/** So many digits are more than a telephone number has in most countries: they may go on to be a card's. */
const GROWING = /^[2-6]\d{11,}$/;

/** Whether digits that may go on could be the beginning of a card's number. */
export function mayBecomeCard({ digits, isPlus }: DigitRun): boolean {
  return !isPlus && GROWING.test(digits);
}

/** Whether digits could be those of a card by their check digit. Source: ISO/IEC 7812-1, annex B. */
function isCard(digits: string): boolean {
  if (digits.startsWith('0')) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? 2 * digit : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

function isCardLength(length: number): boolean {
  return length >= CARD_LENGTHS.least && length <= CARD_LENGTHS.most;
}

/** A telephone number, said again to be sure. */
function isSaidTwice(digits: string): boolean {
  const half = digits.length / 2;
  return half <= MOST_TELEPHONE && half > 8 && digits.slice(0, half) === digits.slice(half);
}
